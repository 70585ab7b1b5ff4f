// error: cannot be consumed
import Secrets

func duplicate(_ seed: borrowing Seed) -> Seed {
    let copy = seed
    return copy
}
