// error: 'key' consumed more than once
import Secrets
import Winternitz

func signTwice(_ key: consuming WinternitzSecretKey) throws {
    _ = try key.sign([0])
    _ = try key.sign([1])
}
