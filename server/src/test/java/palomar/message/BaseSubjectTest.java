package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseSubjectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            hello|hello
            Re: hello|hello
            RE: re: Fwd: FW: hello|hello
            Re[2]: hello|hello
            Re [2] : hello|hello
            Re [2]: hello|hello
            [list] hello|hello
            [list] Re: hello|hello
            Re: [list] hello|hello
            [a] [b] Re: [c] hello|hello
            [only]|[only]
            Re: [only]|[only]
            [a][b]|[b]
            hello (fwd)|hello
            hello (FWD) (fwd)  |hello
            [fwd: hello]|hello
            [Fwd: Re: [x] hello (fwd)]|hello
            [fwd: [fwd: hello]]|hello
            Re:|''
            Re|Re
            Return|Return
            Regarding: x|Regarding: x
            re : x|x
            a   b\tc|a b c
              hello|hello
            [unclosed hello|[unclosed hello
            Re: Re: [a] Re: |''
            Re: Grüße (fwd)|Grüße
            """)
    void theBaseIsWhatRepliesShare(String subject, String base) {
        assertThat(BaseSubject.of(subject.replace("\\t", "\t"))).isEqualTo(base);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            hello|false
            [list] hello|false
            Return|false
            (fwd|false
            [fwd: hello|false
            Re: hello|true
            [list] Re: hello|true
            fw [2]: hello|true
            hello (fwd)|true
            [fwd: hello]|true
            [list] [fwd: hello]|true
            """)
    void aReplyIsWhatHasMoreThanItsBase(String subject, boolean reply) {
        assertThat(BaseSubject.isReply(subject)).isEqualTo(reply);
    }

    @Test
    void theDigestKeepsItDecodedAndFolded() {
        assertThat(Parsed.digest("Subject: Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n an alle\n\n")
                        .baseSubject())
                .isEqualTo(CaseFold.fold("Grüße an alle"));
        assertThat(Parsed.digest("Subject: a  b\n\n").baseSubject()).isEqualTo("A B");
        assertThat(Parsed.digest("From: x\n\n").baseSubject()).isEmpty();
        assertThat(Parsed.digest("Subject: Re:\n\n").baseSubject()).isEmpty();
    }
}
