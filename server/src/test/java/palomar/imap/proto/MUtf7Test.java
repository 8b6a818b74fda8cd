package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

/// RFC 3501 5.1.3
class MUtf7Test {

    @Test
    void examplesGoBothWays() {
        record Pair(String name, String encoded) {}
        for (Pair pair : List.of(
                new Pair("", ""),
                new Pair("INBOX", "INBOX"),
                new Pair("R&D", "R&-D"),
                new Pair("&", "&-"),
                new Pair("&&", "&-&-"),
                new Pair("Entw\u00fcrfe", "Entw&APw-rfe"),
                new Pair("~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
                new Pair("\u00e9", "&AOk-"),
                new Pair("\u00e9\u00e9", "&AOkA6Q-"),
                new Pair("\u00e9\u00e9\u00e9", "&AOkA6QDp-"),
                new Pair("a\u00e9-b", "a&AOk--b"),
                new Pair("\ud83d\ude00", "&2D3eAA-"),
                new Pair("\t", "&AAk-"))) {
            assertThat(MUtf7.encode(pair.name())).isEqualTo(pair.encoded());
            assertThat(MUtf7.decode(pair.encoded())).isEqualTo(Optional.of(pair.name()));
        }
    }

    @Test
    void whatIsNotModifiedUtf7IsRefused() {
        for (String wrong : List.of(
                "&",
                "a&b",
                "&Jjo",
                "&Jjo!-",
                "&Jjo/-",
                "&AC8-",
                "&AGE-",
                "&A-",
                "&AO-",
                "&AOl-",
                "&AOkA-",
                "&AOkAA-",
                "&AOkAA6-",
                "&2D0-",
                "&3gA-",
                "&2D0A6Q-",
                "Entw\u00fcrfe",
                "\t",
                "\u007f",
                "&\u00e9-")) {
            assertThat(MUtf7.decode(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void everyNameSurvives() {
        RandomGenerator random = Seeds.random("everyNameSurvives");
        int[] points = {
            'a', '&', '-', '+', ',', '/', ' ', '~', 0x7f, 0x80, 0xff, 0x100, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff,
            1
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                name.appendCodePoint(points[random.nextInt(points.length)]);
            }
            String encoded = MUtf7.encode(name.toString());
            assertThat(encoded).matches("[ -~]*");
            assertThat(MUtf7.decode(encoded)).as("seed %d", Seeds.seed()).isEqualTo(Optional.of(name.toString()));
        }
    }
}
