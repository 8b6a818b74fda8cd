package palomar.imap.proto;

import java.util.List;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.UidSet;

/// What stands in brackets before an answer's text, for programs. RFC 9051 7.1, RFC 5530
public sealed interface ResponseCode {

    /// Codes that are one word; [#wire()] is the word.
    enum Plain implements ResponseCode {
        // RFC 9051 7.1 and RFC 5530
        ALERT,
        ALREADYEXISTS,
        AUTHENTICATIONFAILED,
        AUTHORIZATIONFAILED,
        // RFC 5255 4.9
        BADCOMPARATOR,
        CANNOT,
        CLIENTBUG,
        CLOSED,
        CONTACTADMIN,
        CORRUPTION,
        EXPIRED,
        EXPUNGEISSUED,
        HASCHILDREN,
        INUSE,
        LIMIT,
        NONEXISTENT,
        NOPERM,
        NOTSAVED,
        OVERQUOTA,
        PARSE,
        PRIVACYREQUIRED,
        READ_ONLY("READ-ONLY"),
        READ_WRITE("READ-WRITE"),
        SERVERBUG,
        TRYCREATE,
        UIDNOTSTICKY,
        UNAVAILABLE,
        UNKNOWN_CTE("UNKNOWN-CTE"),
        // RFC 5259 9
        TEMPFAIL,
        // RFC 4469 5
        TOOBIG,
        // RFC 4978 3
        COMPRESSIONACTIVE,
        // RFC 6154 6
        USEATTR,
        // RFC 5464 4.3
        METADATA_TOOMANY("METADATA TOOMANY"),
        METADATA_NOPRIVATE("METADATA NOPRIVATE"),
        // RFC 5257 4.5
        ANNOTATE_TOOBIG("ANNOTATE TOOBIG"),
        ANNOTATE_TOOMANY("ANNOTATE TOOMANY"),
        ANNOTATIONS_READ_ONLY("ANNOTATIONS READ-ONLY"),
        // RFC 9586 3
        UIDREQUIRED,
        // RFC 10022 3
        TOOSMALL,
        // RFC 5465 5.8
        NOTIFICATIONOVERFLOW,
        // RFC 4467 8: the mechanisms that a mailbox has; there is one
        URLMECH_INTERNAL("URLMECH INTERNAL"),
        // RFC 7162 7
        NOMODSEQ;

        private final String wire;

        Plain() {
            this.wire = name();
        }

        Plain(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /// `BADCHARSET (...)` with the charsets that every server has. RFC 9051 7.1
    record BadCharset(List<String> charsets) implements ResponseCode {}

    /// `CAPABILITY ...`, so that the client need not ask. RFC 9051 7.1
    record Capabilities(List<String> words) implements ResponseCode {}

    /// `PERMANENTFLAGS (...)`; with `\*` when new keywords can be made. RFC 9051 7.1
    record PermanentFlags(Flags flags, boolean newKeywords) implements ResponseCode {}

    /// `UIDNEXT n`
    record UidNext(long uid) implements ResponseCode {}

    /// `UIDVALIDITY n`
    record UidValidity(long value) implements ResponseCode {}

    /// `UNSEEN n`: the first message without `\Seen`. RFC 3501 7.1
    record Unseen(long seq) implements ResponseCode {}

    /// `APPENDUID validity uids`. RFC 9051 7.1, several: RFC 3502
    record AppendUid(long uidValidity, UidSet uids) implements ResponseCode {}

    /// `REFERRAL url ...`: where it is, the best first. RFC 2221 5, RFC 2193 6
    ///
    /// @param urls printable, without spaces, quotes and closing brackets
    record Referral(List<String> urls) implements ResponseCode {
        public Referral {
            urls = List.copyOf(urls);
        }
    }

    /// `BADURL url`: the URL that could not be followed. RFC 4469 4.1
    record BadUrl(String url) implements ResponseCode {}

    /// `COPYUID validity from to`; both sets have the same size and stand in the same order. RFC 9051 7.1
    record CopyUid(long uidValidity, UidSet source, UidSet target) implements ResponseCode {}

    /// `NOUPDATE tag`: the search with that tag is answered, but changes of its result won't be told. RFC 5267
    /// 4.3.1
    record NoUpdate(Tag search) implements ResponseCode {}

    /// `ANNOTATIONS n`: a message's annotations can be changed, up to n bytes each. RFC 5257 4.1
    record Annotations(long size) implements ResponseCode {}

    /// `METADATA LONGENTRIES n`: the largest value that was left out has n bytes. RFC 5464 4.2.1
    record MetadataLongEntries(long size) implements ResponseCode {}

    /// `MAXCONVERTMESSAGES n`: more messages one CONVERT may not name. RFC 5259 9
    record MaxConvertMessages(long limit) implements ResponseCode {}

    /// `MAXCONVERTPARTS n`: more parts one CONVERT may not name. RFC 5259 9
    record MaxConvertParts(long limit) implements ResponseCode {}

    /// `METADATA MAXSIZE n`: more bytes a value may not have. RFC 5464 4.3
    record MetadataMaxSize(long size) implements ResponseCode {}

    /// `UNDEFINED-FILTER name`. RFC 5466 3.1
    ///
    /// @param name an atom
    record UndefinedFilter(String name) implements ResponseCode {}

    /// `MAILBOXID (id)`. RFC 8474 4.1
    ///
    /// @param id letters, digits, `_` and `-`, at most 255
    record ObjectId(String id) implements ResponseCode {}

    /// `INPROGRESS ("tag" done goal)`, NIL for what is not known. RFC 9585 3
    ///
    /// @param done -1: not known, and the goal is not either
    /// @param goal more than `done`; 0: not known
    record InProgress(Tag command, long done, long goal) implements ResponseCode {}

    /// `HIGHESTMODSEQ n`. RFC 7162 3.1.2.1
    record HighestModSeq(long modSeq) implements ResponseCode {}

    /// `MODIFIED set`, by UID for a UID STORE. RFC 7162 3.1.3
    record ModifiedUids(UidSet uids) implements ResponseCode {}

    /// `MODIFIED set`, by sequence number for a STORE. RFC 7162 3.1.3
    record ModifiedSeqs(SeqSet seqs) implements ResponseCode {}

    /// `BADEVENT (...)` with the events that we know. RFC 5465 3.1
    record BadEvent(List<String> events) implements ResponseCode {}

    /// `MESSAGELIMIT n uid`; without the UID when nothing was done. RFC 9738 3
    ///
    /// @param lowest the lowest UID that was worked on, or 0
    record MessageLimit(long limit, long lowest) implements ResponseCode {}

    /// The code with which IMAP answers a refusal. A target mailbox that is missing is TRYCREATE instead of
    /// NONEXISTENT: the handler knows.
    static ResponseCode of(MailError error) {
        return switch (error) {
            case NOT_FOUND -> Plain.NONEXISTENT;
            case ALREADY_EXISTS -> Plain.ALREADYEXISTS;
            case NO_PERMISSION -> Plain.NOPERM;
            case OVER_QUOTA, DISK_FULL -> Plain.OVERQUOTA;
            case LIMIT -> Plain.LIMIT;
            case IN_USE -> Plain.INUSE;
            case EXPUNGED -> Plain.EXPUNGEISSUED;
            case UNAVAILABLE -> Plain.UNAVAILABLE;
            case CORRUPTION -> Plain.CORRUPTION;
            case CANNOT -> Plain.CANNOT;
            case UNKNOWN_CTE -> Plain.UNKNOWN_CTE;
            case BAD_CHARSET -> new BadCharset(List.of("US-ASCII", "UTF-8"));
        };
    }
}
