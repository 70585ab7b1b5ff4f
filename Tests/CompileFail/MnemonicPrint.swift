// error: 'Copyable'
import Secrets

func show(_ mnemonic: borrowing Mnemonic) {
    print(mnemonic)
}
