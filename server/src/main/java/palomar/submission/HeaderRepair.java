package palomar.submission;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Puts the Received field first, adds Date and Message-ID where they are missing, leaves Bcc out. RFC 6409 8.1 to
/// 8.3
///
/// Works on the lines of the header as they pass and keeps no more than the beginning of one. A line ends with
/// CRLF, CR or LF, as it will when it is sent, and leaves with CRLF; the body is not touched. What is no field
/// ends the header. One thread.
final class HeaderRepair extends OutputStream {
    private static final int LONGEST_NAME = 128;
    private static final byte[] CRLF = {'\r', '\n'};

    private final OutputStream target;

    /// What is to be written of the window at hand.
    private final ByteArrayOutputStream to = new ByteArrayOutputStream();

    private final Added added;
    private final boolean removesBcc;

    /// The beginning of the line, as long as it may be the name of a field.
    private final ByteArrayOutputStream name = new ByteArrayOutputStream(LONGEST_NAME);

    private Place place = Place.NAME;
    private boolean begun;
    private boolean afterCr;
    private boolean dropping;
    private boolean first = true;
    private boolean hasDate;
    private boolean hasId;

    private enum Place {
        /// At the beginning of a line of the header.
        NAME,
        /// Within a field, behind its name.
        FIELD,
        /// Behind the header.
        BODY
    }

    /// @param received the whole field, with its CRLF
    /// @param date as it stands in a Date field
    /// @param id as it stands in a Message-ID field, in its angle brackets
    record Added(String received, String date, String id) {}

    HeaderRepair(OutputStream to, Added added, boolean removesBcc) {
        this.target = to;
        this.added = added;
        this.removesBcc = removesBcc;
    }

    @Override
    public void write(int b) throws IOException {
        byte[] one = {(byte) b};
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        int at = offset;
        int end = offset + length;
        while (at < end && place != Place.BODY) {
            header(bytes[at++]);
        }
        if (at < end && afterCr) {
            // The LF of the empty line's CRLF is written already.
            afterCr = false;
            at += bytes[at] == '\n' ? 1 : 0;
        }
        pass();
        if (at < end) {
            target.write(bytes, at, end - at);
        }
    }

    private void pass() throws IOException {
        to.writeTo(target);
        to.reset();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            to.write(added.received().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void header(byte b) throws IOException {
        if (afterCr && b == '\n') {
            afterCr = false;
            return;
        }
        afterCr = b == '\r';
        boolean lineEnd = b == '\r' || b == '\n';
        if (place == Place.FIELD) {
            if (!dropping) {
                put(b, lineEnd);
            }
            place = lineEnd ? Place.NAME : Place.FIELD;
        } else if (lineEnd) {
            lineWithoutColon();
        } else {
            inName(b);
        }
    }

    private void put(byte b, boolean lineEnd) throws IOException {
        if (lineEnd) {
            to.write(CRLF);
        } else {
            to.write(b);
        }
    }

    private void inName(byte b) throws IOException {
        boolean blank = b == ' ' || b == '\t';
        if (name.size() == 0 && blank && !first) {
            // The field goes on. RFC 5322 2.2.3
            if (!dropping) {
                to.write(b);
            }
            place = Place.FIELD;
        } else if (b == ':' && isName()) {
            field(name.toString(StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT));
        } else {
            name.write(b);
            if (name.size() > LONGEST_NAME) {
                endHeader();
                flushName();
            }
        }
    }

    /// RFC 5322 3.6.8, and blanks behind it as 4.5 has them.
    private boolean isName() {
        byte[] bytes = name.toByteArray();
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7f) {
                return false;
            }
        }
        return end > 0;
    }

    private void field(String lowerName) throws IOException {
        hasDate |= lowerName.equals("date");
        hasId |= lowerName.equals("message-id");
        dropping = removesBcc && lowerName.equals("bcc");
        first = false;
        place = Place.FIELD;
        if (dropping) {
            name.reset();
        } else {
            flushName();
            to.write(':');
        }
    }

    private void flushName() throws IOException {
        name.writeTo(to);
        name.reset();
    }

    /// The empty line, or the first of a body that no empty line stands before.
    private void lineWithoutColon() throws IOException {
        boolean empty = name.size() == 0;
        endHeader();
        if (!empty) {
            flushName();
            to.write(CRLF);
        }
    }

    private void endHeader() throws IOException {
        if (!hasDate) {
            to.write(("Date: " + added.date() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (!hasId) {
            to.write(("Message-ID: " + added.id() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        to.write(CRLF);
        place = Place.BODY;
    }

    /// The end of the message, which may come within the header.
    void finish() throws IOException {
        begin();
        if (place == Place.FIELD && !dropping) {
            to.write(CRLF);
        }
        if (place != Place.BODY) {
            boolean text = place == Place.NAME && name.size() > 0;
            endHeader();
            if (text) {
                flushName();
            }
        }
        pass();
    }
}
