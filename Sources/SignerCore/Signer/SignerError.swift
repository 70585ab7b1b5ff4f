package import Exchange
package import Model
package import Primitives
package import Protocols
package import Secrets
package import Validation

/// Why the signer did not do what it was asked for.
///
/// Unless a case says otherwise, the state is as it was before.
package enum SignerError: Error, Equatable {
    case vault(VaultError)
    /// Bytes that are no bundle, or a file that cannot be read or written.
    case exchange(ExchangeError)
    /// A rule is broken; the first error of the report decides.
    case refused(RuleReport)
    case session(SessionRefusal)
    case enrolment(EnrolmentFault)
    /// A secret could not be made or derived.
    case secrets(SecretsError)
    /// The keys or the graph of a request do not make a program.
    case program(ProgramError)
    /// Signing failed after the session was burnt: the session is lost, nothing was released.
    case signing(PartialSignError)
    /// The state directory holds a vault without a signer, which this program does not make.
    case notASigner
    /// The machine is not fit to hold money; the sentences say why.
    case unsafeMachine([String])
}

/// Why a request does not fit the signing session that it is about.
package enum SessionRefusal: Error, Equatable {
    case alreadyRegistered(CeremonyID)
    /// The attempt was begun before, so it never begins again.
    case attemptUsed(asked: UInt32, last: UInt32)
    /// The attempt skips more numbers than can have been lost on the way.
    case attemptTooFar(asked: UInt32, last: UInt32)
    /// The session of another attempt is open and has to be aborted first.
    case attemptOpen(attempt: UInt32)
    case attemptDiffers(asked: UInt32, current: UInt32)
    /// No nonces were released for this ceremony.
    case notBegun(CeremonyID)
    /// The graph is not the one that the session was made for.
    case graphDiffers(asked: Bytes32, bound: Bytes32)
    /// This signer signs last, in one visit, and releases no nonces alone.
    case signsLast
    case evidenceMissing
    case evidenceSurplus
    case notRegistered(CeremonyID)
    /// There is no session that could be aborted.
    case nothingToAbort(CeremonyID)
    /// The state has changed since the request was examined.
    case examinedBefore
    /// The confirmation is for another request.
    case otherConfirmation
}

/// Why an identity is not enrolled.
package enum EnrolmentFault: Error, Equatable {
    case notAnIdentity(reason: String)
    case otherNetwork(String)
    case ownIdentity
    /// This operator's own name, or another identity's.
    case nameTaken(OperatorName)
    /// The identity is enrolled as something else.
    case enrolledAs(String)
}

extension SignerError {
    static func vault<Value: ~Copyable>(
        _ body: () throws(VaultError) -> Value
    ) throws(SignerError) -> Value {
        do throws(VaultError) { return try body() } catch { throw .vault(error) }
    }

    static func exchange<Value: ~Copyable>(
        _ body: () throws(ExchangeError) -> Value
    ) throws(SignerError) -> Value {
        do throws(ExchangeError) { return try body() } catch { throw .exchange(error) }
    }

    static func secrets<Value: ~Copyable>(
        _ body: () throws(SecretsError) -> Value
    ) throws(SignerError) -> Value {
        do throws(SecretsError) { return try body() } catch { throw .secrets(error) }
    }

    static func program<Value>(
        _ body: () throws(ProgramError) -> Value
    ) throws(SignerError) -> Value {
        do throws(ProgramError) { return try body() } catch { throw .program(error) }
    }

    static func signing<Value>(
        _ body: () throws(PartialSignError) -> Value
    ) throws(SignerError) -> Value {
        do throws(PartialSignError) { return try body() } catch { throw .signing(error) }
    }
}

extension RuleReport {
    /// - Throws: The whole report when one of its violations is an error.
    func requireMet() throws(SignerError) {
        guard errors.isEmpty else { throw .refused(self) }
    }
}
