package palomar.lmtp;

import java.time.Duration;
import java.util.List;
import palomar.net.Cidr;

/// What an operator decides about LMTP.
///
/// @param mostRecipients of one message; RFC 5321 4.5.3.1.8 asks for 100 at least
/// @param timeout how long the client may be silent
/// @param fullIsTemporary a user over quota is answered with 452, and the MTA tries again; else with 552, and it
///     bounces
/// @param xclient networks that may name the real client; a Unix socket's clients always may
public record LmtpSettings(int mostRecipients, Duration timeout, boolean fullIsTemporary, List<Cidr> xclient) {
    public LmtpSettings {
        xclient = List.copyOf(xclient);
    }

    /// 1000 recipients, five minutes, full is temporary, XCLIENT from nobody.
    public static LmtpSettings usual() {
        return new LmtpSettings(1000, Duration.ofMinutes(5), true, List.of());
    }
}
