package palomar.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.mail.FlagMask;

class KeptTest {
    private static final NamedValues ALL = NamedValues.NONE.with(Map.of(
            "annotate/private/comment", Optional.of(new byte[] {1}),
            "annotate/private:fred/comment", Optional.of(new byte[] {2}),
            "annotate/shared/comment", Optional.of(new byte[] {3})));

    @Test
    void whatOthersHaveForThemselvesStaysBehind() {
        assertThat(Kept.ALL.of(ALL).names()).containsExactly("annotate/private/comment", "annotate/shared/comment");
        assertThat(Kept.ALL.forAnother().of(ALL).names()).containsExactly("annotate/shared/comment");
        assertThat(new Kept(FlagMask.ALL, true, false).of(ALL).names()).containsExactly("annotate/private/comment");
        assertThat(new Kept(FlagMask.ALL, false, false).of(ALL).isEmpty()).isTrue();
    }

    @Test
    void whatKeepsAllIsTheSame() {
        NamedValues shared = Kept.ALL.forAnother().of(ALL);
        assertThat(Kept.ALL.of(shared)).isSameAs(shared);
        assertThat(Kept.ALL.of(NamedValues.NONE)).isSameAs(NamedValues.NONE);
    }
}
