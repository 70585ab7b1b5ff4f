// libsecp256k1, public headers of the stock Debian 12 package (0.2.0) upward.
#pragma once
#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>
