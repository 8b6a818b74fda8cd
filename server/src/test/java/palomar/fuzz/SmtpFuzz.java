package palomar.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import palomar.bytes.ByteInput;
import palomar.smtp.proto.DataReader;
import palomar.smtp.proto.SmtpCommand;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReader;
import palomar.testkit.TornInput;

/// Whatever a client sends, the reader answers with values; addresses that it takes are printed so that they read
/// the same again, and no control character gets through.
public final class SmtpFuzz {
    /// Worth mutating.
    static final List<String> SEEDS = List.of(
            "LHLO mx.example.org\r\nMAIL FROM:<a@b> SIZE=10 BODY=8BITMIME SMTPUTF8 RET=FULL ENVID=a+2Bb\r\n",
            "RCPT TO:<\"a\\\"b\"@[IPv6:2001:db8::1]> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bb@c\r\nDATA\r\n..x\r\n.\r\n",
            "RCPT TO:<@r.example,@s:björn+ä@bücher.example>\r\nBDAT 4 LAST\r\nabcdRSET\r\nQUIT\r\n",
            "XCLIENT ADDR=IPV6:::1 PORT=25 HELO=a+20b LOGIN=[UNAVAILABLE] DESTADDR=192.0.2.1\r\nVRFY x\r\n",
            "EHLO me\r\nAUTH PLAIN AGEAYg==\r\nAUTH LOGIN\r\nMAIL FROM:<a@b> AUTH=<> BY=120;RT HOLDFOR=60\r\n",
            "MAIL FROM:<a@b> BY=-5;N HOLDUNTIL=2026-12-24T18:00:00Z\r\nBURL imap://a@b/c;URLAUTH=d LAST\r\n");

    private SmtpFuzz() {}

    public static void fuzz(byte[] input) {
        try {
            tear(input, false);
            tear(input, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tear(byte[] input, boolean submission) throws IOException {
        String whole = dialogue(ByteInput.of(input), submission);
        String torn = dialogue(TornInput.every(3, input), submission);
        if (!whole.equals(torn)) {
            throw new AssertionError("another reading when torn: " + whole + " / " + torn);
        }
    }

    private static String dialogue(ByteInput in, boolean submission) throws IOException {
        StringBuilder said = new StringBuilder();
        SmtpReader reader = submission ? SmtpReader.submission(in, 512) : new SmtpReader(in, 512);
        while (true) {
            SmtpCommand command = reader.next();
            said.append(command).append('\n');
            switch (command) {
                case SmtpCommand.EndOfInput() -> {
                    return said.toString();
                }
                case SmtpCommand.Malformed(var reply, boolean hopeless) -> {
                    clean(reply.toString());
                    if (hopeless) {
                        return said.toString();
                    }
                }
                case SmtpCommand.Data() -> DataReader.copy(in, OutputStream.nullOutputStream());
                case SmtpCommand.Bdat(long size, boolean last) -> in.transferTo(OutputStream.nullOutputStream(), size);
                case SmtpCommand.Mail mail -> {
                    again(mail.sender(), true);
                    mail.wishes().forEach(wish -> clean(wish.parameter()));
                }
                case SmtpCommand.Rcpt rcpt -> again(rcpt.recipient(), false);
                case SmtpCommand.Xclient(var attributes) -> attributes.values().forEach(SmtpFuzz::clean);
                case SmtpCommand.Hello hello -> clean(hello.client());
                case SmtpCommand.Auth auth -> {
                    clean(auth.toString());
                    try {
                        said.append(reader.answer().map(answer -> answer.length).orElse(-1));
                    } catch (EOFException end) {
                        return said.toString();
                    }
                }
                case SmtpCommand.Burl burl -> clean(burl.url());
                case SmtpCommand.Rset(),
                        SmtpCommand.Noop(),
                        SmtpCommand.Quit(),
                        SmtpCommand.Vrfy _,
                        SmtpCommand.Help(),
                        SmtpCommand.StartTls() -> {}
            }
        }
    }

    private static void again(SmtpPath path, boolean sender) throws IOException {
        clean(path.toString());
        byte[] line = ((sender ? "MAIL FROM:" : "RCPT TO:") + path + "\r\n").getBytes("UTF-8");
        SmtpCommand command = new SmtpReader(ByteInput.of(line), 4096).next();
        SmtpPath read = switch (command) {
            case SmtpCommand.Mail mail -> mail.sender();
            case SmtpCommand.Rcpt rcpt -> rcpt.recipient();
            default -> throw new AssertionError(path + " is printed as " + command);
        };
        if (!read.equals(path)) {
            throw new AssertionError(path + " became " + read);
        }
    }

    private static void clean(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new AssertionError("a control character in '" + text + "'");
        }
    }
}
