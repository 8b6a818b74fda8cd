package palomar.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import palomar.acl.Right;
import palomar.bytes.ByteOutput;
import palomar.bytes.ByteSource;
import palomar.imap.proto.ImapUrl;
import palomar.imap.proto.PartialRange;
import palomar.imap.proto.Section;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.message.PartStructure;
import palomar.message.Sections;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// What a URL names, found in the mail of the user who owns it and readable until this is closed. Reading sets no
/// `\Seen`. One thread. RFC 4469 3, RFC 4467
final class UrlContent implements AutoCloseable {
    private final Mailbox mailbox;
    private final MessageCursor row;
    private final ImapUrl url;
    private final Sections sections;

    private UrlContent(Mailbox mailbox, MessageCursor row, ImapUrl url) {
        this.mailbox = mailbox;
        this.row = row;
        this.url = url;
        this.sections = new Sections(row.content(), row.digest());
    }

    /// A mailbox that a URL names, when it is there with the UIDVALIDITY that the URL gives.
    static Optional<UserMail.Entry> find(UserMail mail, String name, long uidValidity) {
        try {
            return mail.find(MailboxName.of(name))
                    .filter(entry -> uidValidity == 0 || uidValidity == entry.uidValidity());
        } catch (MailException noName) {
            return Optional.empty();
        }
    }

    /// The message of a URL in its mailbox; empty when it is not there or the mailbox's owner may not read it.
    static Optional<UrlContent> open(UserMail mail, MailboxId id, ImapUrl url) {
        if (!MailboxRights.of(mail).in(id).has(Right.READ)) {
            return Optional.empty();
        }
        Mailbox mailbox;
        try {
            mailbox = mail.open(id);
        } catch (MailException e) {
            if (e.kind() == MailError.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        MessageCursor row = null;
        UrlContent found = null;
        try {
            row = mailbox.cursor();
            if (row.seek(url.uid()) && !row.expunged()) {
                found = new UrlContent(mailbox, row, url);
            }
            return Optional.ofNullable(found);
        } finally {
            if (found == null) {
                if (row != null) {
                    row.close();
                }
                mailbox.close();
            }
        }
    }

    /// The bytes as BODY[section]<partial> gives them; empty when there is no such part.
    Optional<ByteSource> body() throws IOException {
        return FetchContent.find(sections, url.section()).map(this::partial);
    }

    /// The same without transfer encoding; of headers and MIME headers as they are. RFC 5524 3.1
    ///
    /// Throws MailException UNKNOWN_CTE.
    Optional<ByteSource> binary() throws IOException {
        return isPart() ? sections.binary(url.section().path()).map(this::partial) : body();
    }

    private boolean isPart() {
        return url.section().kind() == Section.Kind.ALL;
    }

    /// BODYPARTSTRUCTURE: the structure of what [#body()] or [#binary()] gives. RFC 5524 3.2
    ///
    /// @param content what was given
    /// @param decoded by [#binary()]?
    void writeStructure(ByteOutput out, ByteSource content, boolean decoded) throws IOException {
        switch (url.section().kind()) {
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> {
                out.ascii("(\"text\" \"rfc822-headers\" (\"charset\" \"utf-8\") NIL NIL \"8bit\" ");
                out.number(content.size());
                out.write(' ');
                out.number(UrlAnswer.lines(content));
                out.write(')');
            }
            case ALL, TEXT -> {
                PartStructure part = PartStructure.of(
                                row.digest(), url.section().path())
                        .orElseThrow(() -> new MailException(MailError.CORRUPTION, "a part without a structure"));
                boolean undone = decoded && isEncoded();
                if (undone || url.partial().isPresent()) {
                    long lines = part.isText() ? UrlAnswer.lines(content) : 0;
                    part.write(out, undone ? "binary" : "", content.size(), lines);
                } else {
                    part.write(out);
                }
            }
        }
    }

    private boolean isEncoded() {
        int[] path = url.section().path();
        return isPart()
                && path.length > 0
                && row.digest()
                        .part(path)
                        .filter(part -> part.encoding().equals("base64")
                                || part.encoding().equals("quoted-printable"))
                        .isPresent();
    }

    private ByteSource partial(ByteSource whole) {
        if (url.partial().isEmpty()) {
            return whole;
        }
        PartialRange range = url.partial().get();
        return new Excerpt(whole, range.from(whole.size()), range.length(whole.size()));
    }

    /// Part of a source.
    private record Excerpt(ByteSource whole, long from, long size) implements ByteSource {
        @Override
        public InputStream open(long start, long count) throws IOException {
            long first = Math.clamp(start, 0, size);
            return whole.open(from + first, Math.clamp(count, 0, size - first));
        }
    }

    @Override
    public void close() {
        row.close();
        mailbox.close();
    }
}
