package palomar.imap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.Tag;

/// The tagged answer to a command, written after the session has told what others did meanwhile. RFC 9051 7.1
///
/// @param quiet flag changes that the command's own answer has told already
record Reply(Status status, @Nullable ResponseCode code, String text, Quiet quiet) {
    enum Status {
        OK,
        NO,
        BAD,
        /// BYE has been said; nothing follows.
        NONE
    }

    /// After BYE.
    static final Reply NONE = new Reply(Status.NONE, null, "", Quiet.NONE);

    static Reply ok(String text) {
        return new Reply(Status.OK, null, text, Quiet.NONE);
    }

    static Reply ok(ResponseCode code, String text) {
        return new Reply(Status.OK, code, text, Quiet.NONE);
    }

    static Reply no(String text) {
        return new Reply(Status.NO, null, text, Quiet.NONE);
    }

    static Reply no(ResponseCode code, String text) {
        return new Reply(Status.NO, code, text, Quiet.NONE);
    }

    static Reply bad(String text) {
        return new Reply(Status.BAD, null, text, Quiet.NONE);
    }

    static Reply bad(ResponseCode code, String text) {
        return new Reply(Status.BAD, code, text, Quiet.NONE);
    }

    Reply with(Quiet known) {
        return new Reply(status, code, text, known);
    }

    void write(ResponseWriter out, Tag tag) throws IOException {
        switch (status) {
            case OK -> {
                if (code == null) {
                    out.ok(tag, text);
                } else {
                    out.ok(tag, code, text);
                }
            }
            case NO -> {
                if (code == null) {
                    out.no(tag, text);
                } else {
                    out.no(tag, code, text);
                }
            }
            case BAD -> {
                if (code == null) {
                    out.bad(tag, text);
                } else {
                    out.bad(tag, code, text);
                }
            }
            case NONE -> {}
        }
    }
}
