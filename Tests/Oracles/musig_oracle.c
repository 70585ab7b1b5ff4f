/* A second opinion on MuSig2: libsecp256k1's own musig module (0.6 or later) behind stdin and stdout.
 *
 * One request a line, one answer a line, fields separated by single spaces, bytes in lower-case hexadecimal.
 *
 * Request:  n t message32
 *           then n signers:  secretKey32 random32 extra32 pubNonce66 partialSignature32
 *           then t tweaks:   p|x tweak32
 * Answer:   aggregateKey33 aggregateNonce66
 *           then n signers:  pubNonce66 partialSignature32 verdict foreignVerdict
 *           then             signature64 valid
 *
 * The pubNonce and the partialSignature of the request are those of the implementation under test; `verdict` says
 * whether they are accepted (1) here, `foreignVerdict` whether the partial signature is accepted for the next signer.
 * The answer's are made here. The aggregate nonce is that of the request's nonces. `valid` is the BIP-340 verification
 * of the signature made of the answer's partial signatures.
 */
#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_musig.h>
#include <secp256k1_schnorrsig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIGNERS 64

struct signer {
    secp256k1_keypair keypair;
    secp256k1_pubkey key;
    unsigned char secret[32], random[32], extra[32];
    secp256k1_musig_secnonce secnonce;
    secp256k1_musig_pubnonce given_nonce, nonce;
    secp256k1_musig_partial_sig given_signature, signature;
};

static void require(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "musig_oracle: %s\n", what);
        exit(1);
    }
}

static int digit(int c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

static void read_bytes(unsigned char *bytes, size_t count) {
    size_t i;
    require(getchar() == ' ', "no space before bytes");
    for (i = 0; i < count; i++) {
        int high = digit(getchar()), low = digit(getchar());
        require(high >= 0 && low >= 0, "no hexadecimal digit");
        bytes[i] = (unsigned char)(high * 16 + low);
    }
}

static void write_bytes(const char *before, const unsigned char *bytes, size_t count) {
    size_t i;
    fputs(before, stdout);
    for (i = 0; i < count; i++) printf("%02x", bytes[i]);
}

static void read_signer(const secp256k1_context *ctx, struct signer *signer) {
    unsigned char nonce[66], signature[32];
    read_bytes(signer->secret, 32);
    read_bytes(signer->random, 32);
    read_bytes(signer->extra, 32);
    read_bytes(nonce, 66);
    read_bytes(signature, 32);
    require(secp256k1_keypair_create(ctx, &signer->keypair, signer->secret), "secret key");
    require(secp256k1_keypair_pub(ctx, &signer->key, &signer->keypair), "public key");
    require(secp256k1_musig_pubnonce_parse(ctx, &signer->given_nonce, nonce), "public nonce");
    require(secp256k1_musig_partial_sig_parse(ctx, &signer->given_signature, signature), "partial signature");
}

static void read_tweak(const secp256k1_context *ctx, secp256k1_musig_keyagg_cache *cache) {
    unsigned char tweak[32];
    int mode;
    require(getchar() == ' ', "no space before a tweak");
    mode = getchar();
    read_bytes(tweak, 32);
    if (mode == 'p') {
        require(secp256k1_musig_pubkey_ec_tweak_add(ctx, NULL, cache, tweak), "plain tweak");
    } else {
        require(mode == 'x', "mode of a tweak");
        require(secp256k1_musig_pubkey_xonly_tweak_add(ctx, NULL, cache, tweak), "x-only tweak");
    }
}

static void write_signer(const secp256k1_context *ctx, const struct signer *signer, const struct signer *next,
                         const secp256k1_musig_keyagg_cache *cache, const secp256k1_musig_session *session) {
    unsigned char nonce[66], signature[32];
    require(secp256k1_musig_pubnonce_serialize(ctx, nonce, &signer->nonce), "public nonce");
    require(secp256k1_musig_partial_sig_serialize(ctx, signature, &signer->signature), "partial signature");
    write_bytes(" ", nonce, 66);
    write_bytes(" ", signature, 32);
    printf(" %d", secp256k1_musig_partial_sig_verify(ctx, &signer->given_signature, &signer->given_nonce,
                                                     &signer->key, cache, session));
    printf(" %d", secp256k1_musig_partial_sig_verify(ctx, &signer->given_signature, &next->given_nonce,
                                                     &next->key, cache, session));
}

static void sign(const secp256k1_context *ctx, struct signer *signers, size_t n, const unsigned char *message,
                 const secp256k1_musig_keyagg_cache *cache, const secp256k1_musig_session *session) {
    size_t i;
    for (i = 0; i < n; i++) {
        struct signer *signer = &signers[i];
        require(secp256k1_musig_nonce_gen(ctx, &signer->secnonce, &signer->nonce, signer->random, signer->secret,
                                          &signer->key, message, cache, signer->extra), "nonce");
        require(secp256k1_musig_partial_sign(ctx, &signer->signature, &signer->secnonce, &signer->keypair, cache,
                                             session), "partial signature");
    }
}

static void answer(const secp256k1_context *ctx, size_t n, size_t t) {
    static struct signer signers[MAX_SIGNERS];
    const secp256k1_pubkey *keys[MAX_SIGNERS];
    const secp256k1_musig_pubnonce *nonces[MAX_SIGNERS];
    const secp256k1_musig_partial_sig *signatures[MAX_SIGNERS];
    unsigned char message[32], key[33], nonce[66], signature[64];
    size_t i, key_size = sizeof(key);
    secp256k1_musig_keyagg_cache cache;
    secp256k1_musig_aggnonce aggnonce;
    secp256k1_musig_session session;
    secp256k1_pubkey aggregate;
    secp256k1_xonly_pubkey xonly;

    require(n >= 1 && n <= MAX_SIGNERS, "number of signers");
    read_bytes(message, 32);
    for (i = 0; i < n; i++) {
        read_signer(ctx, &signers[i]);
        keys[i] = &signers[i].key;
        nonces[i] = &signers[i].given_nonce;
        signatures[i] = &signers[i].signature;
    }
    require(secp256k1_musig_pubkey_agg(ctx, NULL, &cache, keys, n), "aggregate key");
    for (i = 0; i < t; i++) read_tweak(ctx, &cache);
    require(secp256k1_musig_pubkey_get(ctx, &aggregate, &cache), "tweaked key");
    require(secp256k1_ec_pubkey_serialize(ctx, key, &key_size, &aggregate, SECP256K1_EC_COMPRESSED), "key bytes");
    require(secp256k1_musig_nonce_agg(ctx, &aggnonce, nonces, n), "aggregate nonce");
    require(secp256k1_musig_aggnonce_serialize(ctx, nonce, &aggnonce), "nonce bytes");
    require(secp256k1_musig_nonce_process(ctx, &session, &aggnonce, message, &cache), "session");
    sign(ctx, signers, n, message, &cache, &session);
    write_bytes("", key, 33);
    write_bytes(" ", nonce, 66);
    for (i = 0; i < n; i++) write_signer(ctx, &signers[i], &signers[(i + 1) % n], &cache, &session);
    require(secp256k1_musig_partial_sig_agg(ctx, signature, &session, signatures, n), "signature");
    require(secp256k1_xonly_pubkey_from_pubkey(ctx, &xonly, NULL, &aggregate), "x-only key");
    write_bytes(" ", signature, 64);
    printf(" %d\n", secp256k1_schnorrsig_verify(ctx, signature, message, 32, &xonly));
}

int main(void) {
    secp256k1_context *ctx = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    unsigned int n, t;
    require(ctx != NULL, "no context");
    while (scanf("%u %u", &n, &t) == 2) {
        answer(ctx, n, t);
        require(getchar() == '\n', "no end of line");
    }
    secp256k1_context_destroy(ctx);
    return 0;
}
