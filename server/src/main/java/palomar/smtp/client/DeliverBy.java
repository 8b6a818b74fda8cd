package palomar.smtp.client;

import java.time.Instant;

/// Until when a message is to be delivered. RFC 2852 4
///
/// @param due the moment; the wire has the seconds that are left, which may be negative
/// @param mode what happens then
/// @param trace each relay is to report that it passed the message on
public record DeliverBy(Instant due, Mode mode, boolean trace) {

    /// What happens when it is late.
    public enum Mode {
        /// `R`: it is returned.
        RETURN,
        /// `N`: the sender is told, the message goes on.
        NOTIFY
    }
}
