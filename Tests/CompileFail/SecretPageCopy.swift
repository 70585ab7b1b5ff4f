// error: 'page' used after consume
import Primitives
import Secrets

func twice(_ page: consuming SecretPage) -> Int {
    let copy = page
    return copy.byteCount + page.byteCount
}
