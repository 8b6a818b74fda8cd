package palomar.smtp.client;

import java.nio.file.Path;
import java.util.Optional;

/// Where mail goes, and how one speaks there.
///
/// @param host a name or an address (IPv6 without brackets)
/// @param ca a PEM file with the authorities to trust instead of the system's
/// @param login who we are; empty: no AUTH
/// @param helo our own name in EHLO
/// @param connections at most so many at once
/// @param mostRecipients of one transaction; an SMTP server takes 100 at least (RFC 5321 4.5.3.1.8)
public record RelaySettings(
        String host,
        int port,
        Protocol protocol,
        Tls tls,
        Verify verify,
        Optional<Path> ca,
        Optional<Login> login,
        String helo,
        PhaseLimits limits,
        int connections,
        int mostRecipients) {

    /// What is spoken.
    public enum Protocol {
        SMTP,
        /// RFC 2033: a reply for each recipient behind the content.
        LMTP
    }

    /// When TLS begins.
    public enum Tls {
        /// Never.
        NONE,
        /// By STARTTLS, where the relay offers it.
        STARTTLS,
        /// By STARTTLS; a relay that does not offer it gets nothing.
        REQUIRED,
        /// At once, on a port of its own (465).
        IMPLICIT
    }

    /// What the relay's certificate must be.
    public enum Verify {
        /// Valid, from a trusted authority, for the name of the host.
        FULL,
        /// Looked at; what is wrong with it is logged, and mail is sent all the same.
        OPPORTUNISTIC,
        /// Anything.
        NONE
    }

    /// A name and a password that are shown to the relay.
    public record Login(String user, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return user;
        }
    }

    /// To a port of this machine or another, with what is usual.
    public static RelaySettings of(String host, int port, String helo) {
        return new RelaySettings(
                host,
                port,
                Protocol.SMTP,
                Tls.STARTTLS,
                Verify.OPPORTUNISTIC,
                Optional.empty(),
                Optional.empty(),
                helo,
                PhaseLimits.usual(),
                4,
                100);
    }

    /// `relay.example.org:587`, for people.
    public String where() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
