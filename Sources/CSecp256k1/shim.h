// libsecp256k1, public headers of the stock Debian 12 package (0.2.0) upward.
#pragma once
#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

/// The releases whose headers this was compiled with, as far as they tell.
///
/// libsecp256k1 has no version to ask for, neither in its headers nor at run time; but which headers
/// there are narrows it down (its CHANGELOG: ellswift in 0.4.0, musig in 0.6.0).
static inline const char *bitvmx_secp256k1_releases(void) {
#if __has_include(<secp256k1_musig.h>)
    return "0.6 or later";
#elif __has_include(<secp256k1_ellswift.h>)
    return "0.4 or 0.5";
#else
    return "0.2 or 0.3";
#endif
}
