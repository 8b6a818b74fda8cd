package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import palomar.bytes.ByteOutput;
import palomar.mail.UidSet;

/// Prints response codes, brackets included. RFC 9051 7.1
final class ResponseCodes {
    private ResponseCodes() {}

    static void write(ByteOutput out, ResponseCode code) throws IOException {
        out.write('[');
        switch (code) {
            case ResponseCode.Plain plain -> out.ascii(plain.wire());
            case ResponseCode.BadCharset(List<String> charsets) -> charsets(out, charsets);
            case ResponseCode.Capabilities(List<String> words) -> capabilities(out, words);
            case ResponseCode.PermanentFlags flags -> {
                out.ascii("PERMANENTFLAGS ");
                FlagPrinter.write(out, flags.flags(), flags.newKeywords());
            }
            case ResponseCode.UidNext(long uid) -> number(out, "UIDNEXT ", uid);
            case ResponseCode.UidValidity(long value) -> number(out, "UIDVALIDITY ", value);
            case ResponseCode.Unseen(long seq) -> number(out, "UNSEEN ", seq);
            case ResponseCode.Annotations(long size) -> number(out, "ANNOTATIONS ", size);
            case ResponseCode.MaxConvertMessages(long limit) -> number(out, "MAXCONVERTMESSAGES ", limit);
            case ResponseCode.MaxConvertParts(long limit) -> number(out, "MAXCONVERTPARTS ", limit);
            case ResponseCode.MetadataLongEntries(long size) -> number(out, "METADATA LONGENTRIES ", size);
            case ResponseCode.MetadataMaxSize(long size) -> number(out, "METADATA MAXSIZE ", size);
            case ResponseCode.HighestModSeq(long modSeq) -> number(out, "HIGHESTMODSEQ ", modSeq);
            case ResponseCode.UndefinedFilter(String name) -> {
                out.ascii("UNDEFINED-FILTER ");
                out.ascii(name);
            }
            case ResponseCode.InProgress progress -> inProgress(out, progress);
            case ResponseCode.NoUpdate(Tag search) -> {
                out.ascii("NOUPDATE ");
                Strings.string(out, search.value(), false);
            }
            case ResponseCode.ObjectId(String id) -> {
                out.ascii("MAILBOXID (");
                out.ascii(id);
                out.write(')');
            }
            case ResponseCode.AppendUid(long validity, UidSet uids) -> {
                number(out, "APPENDUID ", validity);
                out.write(' ');
                set(out, uids);
            }
            case ResponseCode.Referral(List<String> urls) -> {
                out.ascii("REFERRAL");
                for (String url : urls) {
                    out.write(' ');
                    out.ascii(url);
                }
            }
            case ResponseCode.BadUrl(String url) -> badUrl(out, url);
            case ResponseCode.CopyUid(long validity, UidSet source, UidSet target) -> {
                number(out, "COPYUID ", validity);
                out.write(' ');
                set(out, source);
                out.write(' ');
                set(out, target);
            }
            case ResponseCode.BadEvent(List<String> events) -> {
                out.ascii("BADEVENT (");
                out.ascii(String.join(" ", events));
                out.write(')');
            }
            case ResponseCode.MessageLimit(long limit, long lowest) -> {
                number(out, "MESSAGELIMIT ", limit);
                if (lowest > 0) {
                    number(out, " ", lowest);
                }
            }
            case ResponseCode.ModifiedUids(UidSet uids) -> {
                out.ascii("MODIFIED ");
                set(out, uids);
            }
            case ResponseCode.ModifiedSeqs(SeqSet seqs) -> {
                out.ascii("MODIFIED ");
                set(out, seqs);
            }
        }
        out.write(']');
    }

    private static void inProgress(ByteOutput out, ResponseCode.InProgress progress) throws IOException {
        out.ascii("INPROGRESS (");
        if (progress.command().value().indexOf(']') >= 0) {
            // Simple clients take the first bracket for the end of the code. RFC 9585 4
            out.ascii("NIL");
        } else {
            Strings.string(out, progress.command().value(), false);
        }
        numberOrNil(out, progress.done(), progress.done() >= 0);
        numberOrNil(out, progress.goal(), progress.done() >= 0 && progress.goal() > progress.done());
        out.write(')');
    }

    private static void numberOrNil(ByteOutput out, long value, boolean known) throws IOException {
        out.write(' ');
        if (known) {
            out.number(value);
        } else {
            out.ascii("NIL");
        }
    }

    static void capabilities(ByteOutput out, List<String> words) throws IOException {
        out.ascii("CAPABILITY");
        for (String word : words) {
            out.write(' ');
            out.ascii(word);
        }
    }

    private static void charsets(ByteOutput out, List<String> charsets) throws IOException {
        out.ascii("BADCHARSET");
        for (int i = 0; i < charsets.size(); i++) {
            out.ascii(i == 0 ? " (" : " ");
            Strings.astring(out, charsets.get(i), false);
        }
        if (!charsets.isEmpty()) {
            out.write(')');
        }
    }

    /// What the grammar has no place for is percent-encoded. RFC 4469 5: url-resp-text
    private static void badUrl(ByteOutput out, String url) throws IOException {
        out.ascii("BADURL ");
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0x20 && b < 0x7f && b != ']') {
                out.write(b);
            } else {
                out.write('%');
                out.ascii(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
    }

    private static void number(ByteOutput out, String name, long value) throws IOException {
        out.ascii(name);
        out.number(value);
    }

    /// A set that is not empty; the grammar has no empty set.
    static void set(ByteOutput out, UidSet uids) throws IOException {
        for (int run = 0; run < uids.runs(); run++) {
            run(out, run, uids.first(run), uids.last(run));
        }
    }

    static void set(ByteOutput out, SeqSet seqs) throws IOException {
        for (int run = 0; run < seqs.runs(); run++) {
            run(out, run, seqs.first(run), seqs.last(run));
        }
    }

    private static void run(ByteOutput out, int index, long first, long last) throws IOException {
        if (index > 0) {
            out.write(',');
        }
        out.number(first);
        if (last > first) {
            out.write(':');
            out.number(last);
        }
    }
}
