package palomar.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Messages for clients.
final class TestMails {
    /// Eight-bit header, dots at line starts, a multipart without final boundary; ends in CRLF.
    static final String UGLY = "From: Bob <bob@example.org>\r\n"
            + "To: alice@localhost\r\n"
            + "Subject: gr\u00fc\u00dfe =?utf-8?q?und_Gr=C3=BC=C3=9Fe?=\r\n"
            + "Message-ID: <ugly@example.org>\r\n"
            + "MIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=\"x y\"\r\n"
            + "\r\n"
            + "preamble\r\n"
            + "--x y\r\n"
            + "\r\n"
            + ".\r\n"
            + "..two dots\r\n"
            + ".hidden\r\n"
            + "trailing space \r\n"
            + "--x y\r\n"
            + "Content-Type: application/octet-stream\r\n"
            + "Content-Transfer-Encoding: base64\r\n"
            + "\r\n"
            + "AAECAwQFBgcICQ==\r\n";

    /// Three messages of one correspondence, as Latin-1: one with an attachment that fills many packets, one with
    /// nothing special, one with eight-bit text and a very long line.
    static List<String> three() {
        String first = "From: Bob <bob@example.org>\r\n"
                + "To: alice@localhost\r\n"
                + "Subject: first =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\n"
                + "Date: Mon, 5 Jan 2026 10:00:00 +0100\r\n"
                + "Message-ID: <first@example.org>\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"b\"\r\n"
                + "\r\n"
                + "--b\r\n"
                + "\r\n"
                + "hello\r\n"
                + "--b\r\n"
                + "Content-Type: application/pdf; name=\"x.pdf\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n"
                + "\r\n"
                + Base64.getMimeEncoder().encodeToString(attached())
                + "\r\n--b--\r\n";
        String second = "From: Carol <carol@example.org>\r\n"
                + "Subject: second\r\n"
                + "Date: Tue, 6 Jan 2026 10:00:00 +0100\r\n"
                + "Message-ID: <second@example.org>\r\n"
                + "\r\n"
                + "question\r\n";
        String third = "From: Bob <bob@example.org>\r\n"
                + "Subject: Re: second\r\n"
                + "Date: Wed, 7 Jan 2026 10:00:00 +0100\r\n"
                + "References: <second@example.org>\r\n"
                + "Message-ID: <third@example.org>\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=iso-8859-1\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n"
                + "\r\n"
                + ".\r\n"
                + "gr\u00fc\u00dfe\r\n"
                + "long ".repeat(400)
                + "\r\n";
        return List.of(first, second, third);
    }

    /// What is attached to the first of them.
    static byte[] attached() {
        byte[] attached = new byte[150_000];
        new Random(3).nextBytes(attached);
        return attached;
    }

    /// Puts them into a folder as 1.eml, 2.eml and 3.eml.
    static List<String> threeIn(Path folder) throws IOException {
        List<String> mails = three();
        for (int i = 0; i < mails.size(); i++) {
            Files.write(folder.resolve(i + 1 + ".eml"), Stored.bytes(mails.get(i)));
        }
        return mails;
    }

    private TestMails() {}
}
