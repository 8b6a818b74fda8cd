package palomar.it;

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

    private TestMails() {}
}
