package palomar.managesieve;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailException;
import palomar.managesieve.proto.ResponseCode;
import palomar.managesieve.proto.ResponseWriter;

/// The answer to a command. RFC 5804 1.2
///
/// @param text for people; empty: none
record Reply(Status status, @Nullable ResponseCode code, String text) {
    enum Status {
        OK,
        NO,
        /// The connection ends behind it.
        BYE,
        /// All has been said.
        NONE
    }

    static final Reply NONE = new Reply(Status.NONE, null, "");

    static Reply ok(String text) {
        return new Reply(Status.OK, null, text);
    }

    static Reply ok(ResponseCode code, String text) {
        return new Reply(Status.OK, code, text);
    }

    static Reply no(String text) {
        return new Reply(Status.NO, null, text);
    }

    static Reply no(ResponseCode code, String text) {
        return new Reply(Status.NO, code, text);
    }

    static Reply bye(String text) {
        return new Reply(Status.BYE, null, text);
    }

    static Reply bye(ResponseCode code, String text) {
        return new Reply(Status.BYE, code, text);
    }

    /// A new kind of refusal does not compile until it has a line here.
    static Reply refused(MailException why) {
        String text = why.getMessage();
        return switch (why.kind()) {
            case NOT_FOUND, EXPUNGED -> no(ResponseCode.Plain.NONEXISTENT, text);
            case ALREADY_EXISTS -> no(ResponseCode.Plain.ALREADYEXISTS, text);
            case OVER_QUOTA -> no(ResponseCode.Plain.QUOTA, text);
            case IN_USE, UNAVAILABLE, DISK_FULL, CORRUPTION -> no(ResponseCode.Plain.TRYLATER, text);
            case NO_PERMISSION, LIMIT, CANNOT, UNKNOWN_CTE, BAD_CHARSET -> no(text);
        };
    }

    void write(ResponseWriter out) throws IOException {
        switch (status) {
            case OK -> {
                if (code == null) {
                    out.ok(text);
                } else {
                    out.ok(code, text);
                }
            }
            case NO -> {
                if (code == null) {
                    out.no(text);
                } else {
                    out.no(code, text);
                }
            }
            case BYE -> {
                if (code == null) {
                    out.bye(text);
                } else {
                    out.bye(code, text);
                }
            }
            case NONE -> {}
        }
    }
}
