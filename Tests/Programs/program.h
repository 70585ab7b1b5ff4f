/* What the test programs share: fixed input and a way out. */
typedef unsigned int u32;
typedef unsigned char u8;
typedef unsigned long long u64;

#define INPUT ((volatile u32 *)0xAA000000)
