import Foundation
import FoundationNetworking

/// Answers every question of a server for credentials with a no.
///
/// Ours go along with every request. Without somebody who answers, a task of FoundationNetworking
/// waits for ever after HTTP status 401, whatever its time limit is.
final class RefusingDelegate: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler:
            @escaping @Sendable (
                URLSession.AuthChallengeDisposition, URLCredential?
            ) -> Void
    ) {
        completionHandler(.cancelAuthenticationChallenge, nil)
    }
}
