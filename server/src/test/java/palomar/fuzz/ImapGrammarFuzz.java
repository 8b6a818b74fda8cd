package palomar.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import palomar.imap.proto.Grammar;
import palomar.imap.proto.Sentences;

/// Commands that follow the grammar, broken by as many changes as the input has bytes behind its first eight, and
/// put through [ImapFuzz]. The first bytes choose the commands, so that each input always means the same.
public final class ImapGrammarFuzz {
    private static final Grammar GRAMMAR = Grammar.ofCommands();
    private static final int MOST_CHANGES = 12;

    private ImapGrammarFuzz() {}

    public static void fuzz(byte[] in) throws IOException {
        byte[] dialogue = dialogue(in).getBytes(StandardCharsets.ISO_8859_1);
        try {
            ImapFuzz.fuzz(dialogue);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("in: " + new String(dialogue, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static String dialogue(byte[] in) {
        int chosen = Math.min(8, in.length);
        Random random = new Random(Arrays.hashCode(Arrays.copyOf(in, chosen)));
        Sentences sentences = new Sentences(GRAMMAR, random);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(sentences.any());
        }
        for (int i = chosen; i < Math.min(in.length, chosen + MOST_CHANGES); i++) {
            change(text, in[i], sentences, random);
        }
        return text.toString();
    }

    private static void change(StringBuilder text, byte how, Sentences sentences, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(8));
        switch (how & 7) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, text.substring(at, to));
            case 2 -> text.insert(at, (char) random.nextInt(256));
            case 3 -> {
                String other = sentences.any();
                text.insert(at, other, 0, random.nextInt(other.length() + 1));
            }
            case 4 -> text.setLength(Math.max(1, at));
            case 5 -> text.insert(at, "\r\n");
            case 6 -> text.insert(at, "{" + random.nextInt(20) + "+}\r\n");
            default -> text.replace(at, to, "()[]<>\"\\ *%$:,".substring(random.nextInt(14)));
        }
        if (text.isEmpty()) {
            text.append(' ');
        }
    }
}
