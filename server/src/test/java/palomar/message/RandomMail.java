package palomar.message;

import java.util.random.RandomGenerator;

/// Makes well-formed messages of random structure, CRLF line ends, one char a byte.
public final class RandomMail {
    private static final String[] TYPES = {
        "text/plain",
        "text/plain; charset=utf-8",
        "text/html; charset=\"iso-8859-1\"",
        "application/pdf; name=\"a b.pdf\"",
        "image/png",
        "application/octet-stream; name=x",
        "text/calendar; method=REQUEST",
    };
    private static final String[] MULTIPARTS = {"mixed", "alternative", "related", "digest"};
    private static final String[] NAMES = {
        "", "Ann ", "\"Doe, John\" ", "=?utf-8?q?J=C3=BCrgen?= ", "A. N. Other ", "\"quote \\\" in\" ",
    };
    private static final String[] WORDS = {
        "lorem", "ipsum", "dolor", "sit", "amet", "--", "--x", "=C3=BC", "\r\n", "\r\n\r\n", "From", "-", "a:b",
    };

    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();
    private int boundaries;

    private RandomMail(RandomGenerator random) {
        this.random = random;
    }

    public static String make(RandomGenerator random) {
        RandomMail mail = new RandomMail(random);
        mail.message(0);
        return mail.out.toString();
    }

    private void message(int depth) {
        line("From: " + addresses(1));
        if (random.nextBoolean()) {
            line("To: " + addresses(1 + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            line("Cc: team: " + addresses(2) + ";");
        }
        if (random.nextInt(3) == 0) {
            line("Reply-To: " + addresses(1));
        }
        if (random.nextInt(5) > 0) {
            line("Subject: subject " + random.nextInt(1000) + (random.nextBoolean() ? "\r\n that is folded" : ""));
        }
        line("Date: Mon, 1 Jan 2024 10:00:0" + random.nextInt(10) + " +0100");
        line("Message-ID: <" + random.nextInt(1000) + "@example.org>");
        line("MIME-Version: 1.0");
        entity(depth, false);
    }

    private void entity(int depth, boolean inDigest) {
        int choice = random.nextInt(depth > 4 ? 6 : 10);
        if (choice >= 8) {
            line("Content-Type: message/rfc822");
            line("");
            message(depth + 1);
        } else if (choice >= 6) {
            multipart(depth);
        } else {
            leaf(inDigest);
        }
    }

    private void multipart(int depth) {
        String kind = MULTIPARTS[random.nextInt(MULTIPARTS.length)];
        String boundary = random.nextInt(3) == 0 ? "b" : "=_b" + boundaries++;
        if (boundary.equals("b") && depth > 0) {
            boundary = "b" + "b".repeat(depth);
        }
        line("Content-Type: multipart/" + kind + ";\r\n\tboundary=\"" + boundary + "\"");
        if (random.nextInt(4) == 0) {
            line("Content-Description: some parts");
        }
        line("");
        if (random.nextBoolean()) {
            line("preamble");
        }
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            line("--" + boundary + (random.nextInt(5) == 0 ? "  " : ""));
            entity(depth + 1, kind.equals("digest"));
            out.append("\r\n");
        }
        line("--" + boundary + "--");
        if (random.nextBoolean()) {
            line("epilogue");
        }
    }

    private void leaf(boolean inDigest) {
        if (inDigest || random.nextInt(4) > 0) {
            line("Content-Type: " + TYPES[random.nextInt(TYPES.length)]);
        }
        if (random.nextInt(3) == 0) {
            line("Content-ID: <part" + random.nextInt(100) + "@example.org>");
        }
        if (random.nextInt(3) == 0) {
            line("Content-Disposition: attachment; filename=\"file " + random.nextInt(10) + ".bin\"");
        }
        switch (random.nextInt(4)) {
            case 0 -> line("Content-Transfer-Encoding: 8bit");
            case 1 -> line("Content-Transfer-Encoding: quoted-printable");
            default -> {}
        }
        line("");
        for (int i = random.nextInt(20); i > 0; i--) {
            out.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(3) == 0 ? "\r\n" : " ");
        }
        out.append("text");
        if (random.nextBoolean()) {
            out.append("\r\n");
        }
    }

    private String addresses(int count) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String name = NAMES[random.nextInt(NAMES.length)];
            String address = "user" + random.nextInt(100) + "@example.org";
            list.append(i == 0 ? "" : random.nextInt(3) == 0 ? ",\r\n " : ", ");
            list.append(name.isEmpty() && random.nextBoolean() ? address : name + "<" + address + ">");
        }
        return list.toString();
    }

    private void line(String text) {
        out.append(text).append("\r\n");
    }
}
