package palomar.imap.proto;

/// The numbers that a command names, before it is known whether they are sequence numbers or UIDs: written out, or
/// the result that an earlier SEARCH saved. RFC 9051 9: sequence-set
public sealed interface Numbers permits Ranges, Numbers.Saved {

    /// `$`, the result of the last SEARCH RETURN (SAVE). RFC 9051 6.4.4.1
    record Saved() implements Numbers {
        @Override
        public String toString() {
            return "$";
        }
    }
}
