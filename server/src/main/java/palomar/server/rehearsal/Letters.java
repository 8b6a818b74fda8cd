package palomar.server.rehearsal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Mails as they come: plain, with HTML beside it, with an attachment; each number another one, always the same.
/// All are US-ASCII, end in CRLF and have no line that begins with a dot.
final class Letters {
    private static final List<String> NAMES = List.of(
            "Anna Berg <anna@example.org>",
            "\"Tal, Ben\" <ben.tal@mail.example.net>",
            "carla@example.com",
            "=?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <juergen@example.de>",
            "Dana <dana+lists@dept17.example.org>");
    private static final List<String> SUBJECTS = List.of(
            "Minutes of the meeting on Monday",
            "Re: Re: the offer that we talked about",
            "=?utf-8?q?Gr=C3=BC=C3=9Fe_aus?= the mountains",
            "[list] Fwd: a question about round tables",
            "=?utf-8?b?0J/RgNC40LLQtdGC?= and more");
    private static final List<String> MONTHS = List.of("Jan", "Mar", "May", "Jul", "Sep", "Nov");
    private static final String TEXT = "A line of text that says hello and is as long as lines in letters are.\r\n";
    private static final String HTML = "<p style=3D\"color:#333\">A line that says <b>hello</b> and =C3=BC</p>=\r\n";
    private static final String BASE64 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\r\n";

    private Letters() {}

    /// @param lines of its longest part, about
    static byte[] letter(int number, int lines) {
        StringBuilder text = new StringBuilder(512 + 100 * lines);
        head(text, number);
        switch (number % 3) {
            case 0 ->
                text.append("Content-Type: text/plain; charset=utf-8\r\n\r\n").repeat(TEXT, lines);
            case 1 -> alternative(text.append("MIME-Version: 1.0\r\n"), lines);
            default -> attachment(text.append("MIME-Version: 1.0\r\n"), number, lines);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void head(StringBuilder text, int number) {
        text.append("Return-Path: <bounce-").append(number).append("@example.org>\r\n");
        text.append(
                "Received: from relay.example.net (relay.example.net [192.0.2.17])\r\n\tby mx.example.org with ESMTP"
                        + " id abc; Mon, 2 Feb 2026 10:15:00 +0100\r\n");
        text.append("Date: Mon, ").append(1 + number % 28).append(' ');
        text.append(MONTHS.get(number % MONTHS.size())).append(" 2026 10:15:").append(10 + number % 50);
        text.append(" +0100\r\nFrom: ").append(NAMES.get(number % 5)).append("\r\nTo: ");
        text.append(NAMES.get((number + 1) % 5))
                .append(", ")
                .append(NAMES.get((number + 3) % 5))
                .append("\r\n");
        if (number % 4 == 0) {
            text.append("Cc: ").append(NAMES.get((number + 2) % 5)).append("\r\nList-Id: <team.example.com>\r\n");
        }
        text.append("Subject: ")
                .append(SUBJECTS.get(number / 2 % 5))
                .append(' ')
                .append(number / 7)
                .append("\r\n");
        text.append("Message-ID: <").append(number).append(".letter@example.org>\r\n");
        if (number % 3 != 0) {
            text.append("In-Reply-To: <").append(number - 1).append(".letter@example.org>\r\nReferences: <");
            text.append(number - 2).append(".letter@example.org>\r\n <").append(number - 1);
            text.append(".letter@example.org>\r\n");
        }
        text.append("X-Spam-Score: 0.").append(number % 10).append("\r\nUser-Agent: Letters/1.0\r\n");
    }

    private static void alternative(StringBuilder text, int lines) {
        text.append("Content-Type: multipart/alternative; boundary=\"=_part\"\r\n\r\n--=_part\r\n"
                        + "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n")
                .repeat(TEXT, lines / 2)
                .append("--=_part\r\nContent-Type: text/html; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n")
                .repeat(HTML, lines)
                .append("\r\n--=_part--\r\n");
    }

    private static void attachment(StringBuilder text, int number, int lines) {
        text.append("Content-Type: multipart/mixed; boundary=\"----=_NextPart_000\"\r\n\r\n------=_NextPart_000\r\n"
                        + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 7bit\r\n\r\n")
                .repeat(TEXT, lines / 3)
                .append("------=_NextPart_000\r\nContent-Type: application/pdf; name=\"a\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"paper-")
                .append(number)
                .append(".pdf\"\r\n\r\n")
                .repeat(BASE64, lines)
                .append("------=_NextPart_000--\r\n");
    }

    /// The arguments of a MULTIAPPEND (RFC 3502) behind the mailbox's name, with literals that do not wait.
    static byte[] many(int from, int count, int lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] letter = letter(from + i, lines);
            all.writeBytes(((i == 0 ? "" : " ") + "\"17-Feb-2026 10:15:00 +0100\" {" + letter.length + "+}\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(letter);
        }
        return all.toByteArray();
    }
}
