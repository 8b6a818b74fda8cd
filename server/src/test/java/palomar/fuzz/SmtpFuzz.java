package palomar.fuzz;

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
            "XCLIENT ADDR=IPV6:::1 PORT=25 HELO=a+20b LOGIN=[UNAVAILABLE] DESTADDR=192.0.2.1\r\nVRFY x\r\n");

    private SmtpFuzz() {}

    public static void fuzz(byte[] input) {
        try {
            String whole = dialogue(ByteInput.of(input));
            String torn = dialogue(TornInput.every(3, input));
            if (!whole.equals(torn)) {
                throw new AssertionError("another reading when torn: " + whole + " / " + torn);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String dialogue(ByteInput in) throws IOException {
        StringBuilder said = new StringBuilder();
        SmtpReader reader = new SmtpReader(in, 512);
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
                case SmtpCommand.Mail mail -> again(mail.sender(), true);
                case SmtpCommand.Rcpt rcpt -> again(rcpt.recipient(), false);
                case SmtpCommand.Xclient(var attributes) -> attributes.values().forEach(SmtpFuzz::clean);
                case SmtpCommand.Hello hello -> clean(hello.client());
                case SmtpCommand.Auth auth -> clean(auth.toString());
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
