package palomar.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import palomar.imap.proto.Commands;
import palomar.testkit.Dialogues;

/// What a fuzz target begins with: the files of its corpus, and the real inputs that other tests have anyway, so
/// that what is added there is fuzzed too.
final class FuzzSeeds {
    /// What the test mails don't have: the corners of headers, structure and encodings.
    private static final List<String> MESSAGES = List.of(
            "To: a\r\nTO: =?utf-8?q?b\r\nTo : c?= <d@e>\r\nSubject: =?utf-8?b?w7w=?=\r\n =?utf-8?b?w7w=?=\r\n\r\n",
            "References: <a@b> <c@d>\r\nIn-Reply-To: <e@f> of Monday\r\nMessage-ID: <\"g\"@h>\r\n\r\nx",
            "Content-Type: text/plain; charset*=us-ascii'en'utf%2D8; name*0*=utf-8''a%C3; name*1*=%BC\r\n\r\nx\r\n",
            "Content-Type: multipart/mixed; boundary=\"b c\"\r\n\r\n--b c\r\n\r\none\r\n--b c--\r\n--b c\r\n\r\ntwo",
            "Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: in\n\nbody\n--d\n\nSubject: two\n\n--d--\n",
            "Content-Type: multipart/a; boundary=x\n\n--x\nContent-Type: multipart/b; boundary=x1\n\n--x1\n\n--x\n\n--x--",
            "Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\n\r\ninner\r\n",
            "Content-Transfer-Encoding: base64\r\n\r\nSGVs\r\nbG8=SGVsbG8=\r\n!SGVs====\r\nbG8",
            "Content-Transfer-Encoding: quoted-printable\r\n\r\na=C3=BC= \r\nb=\r\n=3\r\n==41\r\n=",
            "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n#0V%T\r\n`\r\nend\r\nbegin 644 b\r\n#0V%T\r\n",
            "Content-Type: text/html; charset=utf-7\r\n\r\n<style>a</style><p>+AOk-&eacute;&#8364;<br><!-- x -->y",
            "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\u001b$BF|K\\8l\u001b(B end\r\n",
            "From: team: a@b, \"c, d\" <e@f> (g (h)), <@r,@s:i@j>;, k\r\nDate: Mon, 29 Feb 2000 24:61:60 -9999 (Z)\r\n\r\n",
            "From a@b Mon Jan  1 00:00:00 2024\r\n\tfolded\r\nno colon here\r\n: no name\r\n\r\n");

    private FuzzSeeds() {}

    /// Never empty: without anything to mutate a target would only see noise.
    static List<byte[]> of(String target) throws IOException {
        List<byte[]> seeds = new ArrayList<>(files(Path.of("src/test/fuzz-corpus", target.toLowerCase(Locale.ROOT))));
        switch (target) {
            case "Convert" -> ConvertFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.ISO_8859_1)));
            case "Edit" ->
                MESSAGES.forEach(mail -> seeds.add(("\5\166\14\50" + mail).getBytes(StandardCharsets.UTF_8)));
            case "Imap" -> {
                seeds.addAll(dialogues("imap", true));
                Stream.concat(Commands.good().stream(), Commands.bad().stream())
                        .forEach(row -> seeds.add((row.line() + "\r\n").getBytes(StandardCharsets.UTF_8)));
            }
            case "ImapGrammar" -> {
                for (byte i = 0; i < 100; i++) {
                    seeds.add(new byte[] {i, 1, 2, 3, 4, 5, 6, 7, i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
                }
            }
            case "ImapUrl" -> ImapUrlFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
            case "ManageSieve" -> {
                ManageSieveFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
                seeds.addAll(dialogues("managesieve", false));
            }
            case "Message" -> {
                seeds.addAll(files(Path.of("src/test/mails")));
                seeds.addAll(files(Path.of("src/test/golden/message")));
                MESSAGES.forEach(mail -> seeds.add(mail.getBytes(StandardCharsets.UTF_8)));
            }
            case "Passwd" -> PasswdFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
            case "Pop3" -> Pop3Fuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
            case "Relay" -> RelayFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
            case "Sieve" -> {
                SieveFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
                try (Stream<Path> files = Files.walk(Path.of("src/test/sieve"))) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".sieve"))
                            .sorted()
                            .toList()) {
                        seeds.add(Files.readAllBytes(file));
                    }
                }
            }
            case "Smtp" -> SmtpFuzz.SEEDS.forEach(seed -> seeds.add(seed.getBytes(StandardCharsets.UTF_8)));
            default -> {}
        }
        if (seeds.isEmpty()) {
            throw new IllegalStateException(target + "Fuzz has no seeds: put files into src/test/fuzz-corpus");
        }
        return seeds;
    }

    /// What the clients of a protocol's transcripts say.
    private static List<byte[]> dialogues(String protocol, boolean tagged) throws IOException {
        List<byte[]> dialogues = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/transcripts", protocol))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                dialogues.add(Dialogues.clientSide(file, tagged));
            }
        }
        return dialogues;
    }

    private static List<byte[]> files(Path folder) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (!file.toString().endsWith(".expected") && !file.endsWith(".gitattributes")) {
                        contents.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return contents;
    }
}
