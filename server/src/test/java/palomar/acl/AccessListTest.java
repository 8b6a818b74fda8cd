package palomar.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.testkit.Seeds;

class AccessListTest {

    /// `fred=lr -fred=w`; `-` alone for an empty list.
    private static AccessList list(String owner, String entries) {
        TreeMap<Identifier, Rights> parsed = new TreeMap<>();
        for (String entry : entries.equals("-") ? new String[0] : entries.split(" ")) {
            int equals = entry.indexOf('=');
            parsed.put(
                    Identifier.parse(entry.substring(0, equals)).inListOf(owner),
                    Rights.ofLetters(entry.substring(equals + 1)));
        }
        return new AccessList(owner, parsed);
    }

    /// `fred` or `fred:team:bosses`.
    private static Who who(String text) {
        String[] words = text.split(":");
        return new Who(
                words[0],
                Set.of(words).size() == 1
                        ? Set.of()
                        : Set.of(text.substring(words[0].length() + 1).split(":")));
    }

    @ParameterizedTest
    @CsvSource({
        // without a list
        "-, anna, lrswipkxtean",
        "-, fred, ''",
        "-, fred:team, ''",
        // the owner has all, less when an entry of his says so, never less than la
        "fred=lr, anna, lrswipkxtean",
        "owner=r, anna, lra",
        "anna=lrs, anna, lrsa",
        "owner=, anna, la",
        "-anna=lra, anna, lswipkxtean",
        "owner=r -owner=r, anna, la",
        // and is not touched by what others get or lose
        "anyone=l, anna, lrswipkxtean",
        "-anyone=lrs, anna, lrswipkxtean",
        "$team=l, anna:team, lrswipkxtean",
        "-$team=s, anna:team, lrswipkxtean",
        "!$team=l, anna:team, la",
        "-!$team=s, anna:team, lrwipkxtean",
        // everyone, then groups, then users, then groups before all: the most specific decides
        "anyone=lr, fred, lr",
        "authenticated=r, fred, r",
        "anyone=lr authenticated=l, fred, l",
        "anyone=lrs $team=lr, fred:team, lr",
        "anyone=lrs $team=lr, fred, lrs",
        "$team=lr $bosses=ls, fred:team:bosses, lrs",
        "$team=lr fred=l, fred:team, l",
        "anyone=lr fred=, fred, ''",
        "fred=lrswi !$team=l, fred:team, l",
        "!$team=l !$bosses=r, fred:team:bosses, lr",
        "owner=lrs, fred, ''",
        "ute=lr, fred, ''",
        // RFC 4314 2: a negative right counts whichever entry has granted it
        "fred=lrw -fred=w, fred, lr",
        "anyone=lrw -fred=w, fred, lr",
        "-anyone=w fred=lrw, fred, lr",
        "-anyone=w -fred=r anyone=lrw, fred, l",
        "-$team=w fred=lrw, fred:team, lr",
        "-$team=w fred=lrw, fred, lrw",
        "-ute=w fred=lrw, fred, lrw",
        "-fred=w, fred, ''",
    })
    void theMostSpecificEntryDecides(String entries, String who, String rights) {
        assertThat(list("anna", entries).of(who(who)).letters()).isEqualTo(rights);
    }

    @ParameterizedTest
    @CsvSource({"-, anna, ''", "owner=lr, anna, ''", "anyone=lr, anna, lr", "anna=lrs, anna, lrs", "anna=, anna, ''"})
    void aPublicMailboxHasNoOwner(String entries, String who, String rights) {
        assertThat(list("", entries).of(who(who)).letters()).isEqualTo(rights);
    }

    @Test
    void nobodyIsTheOwnerOfAMailboxWithoutOne() {
        assertThat(list("", "owner=lr").of(Who.of(""))).isEqualTo(Rights.NONE);
    }

    @Test
    void theOwnersRightsAreShownUnlessTheyWereDeleted() {
        assertThat(list("anna", "-").shown()).containsEntry(Identifier.OWNER, Rights.ALL);
        assertThat(list("anna", "owner=r").shown()).containsEntry(Identifier.OWNER, Rights.ofLetters("lra"));
        assertThat(list("anna", "owner= fred=l").shown()).containsOnlyKeys(Identifier.parse("fred"));
        assertThat(list("", "-").shown()).isEmpty();
    }

    /// Rights can only grow by a positive entry of the deciding kind, never by a negative one; and the owner is
    /// never locked out.
    @Test
    void negativeEntriesOnlyTakeAndTheOwnerStays() {
        RandomGenerator random = Seeds.random("acl");
        String[] identifiers = {"anyone", "authenticated", "$team", "$bosses", "owner", "fred", "ute", "!$team"};
        for (int round = 0; round < 2000; round++) {
            TreeMap<Identifier, Rights> entries = new TreeMap<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                String sign = random.nextInt(3) == 0 ? "-" : "";
                entries.put(
                        Identifier.parse(sign + identifiers[random.nextInt(identifiers.length)]),
                        new Rights(random.nextInt()));
            }
            AccessList list = new AccessList("anna", entries);
            assertThat(list.of(new Who("anna", Set.of("team"))).hasAll(Rights.OWNERS))
                    .isTrue();
            Who fred = new Who("fred", Set.of("team"));
            Rights before = list.of(fred);
            TreeMap<Identifier, Rights> more = new TreeMap<>(entries);
            Identifier taking = Identifier.parse("-" + identifiers[random.nextInt(identifiers.length)]);
            more.merge(taking, new Rights(random.nextInt()), Rights::plus);
            Rights after = new AccessList("anna", more).of(fred);
            assertThat(before.hasAll(after)).as("%s after %s", entries, taking).isTrue();
        }
    }
}
