# What Mail::IMAPClient does in PerlImapClientIT. Arguments: port, user, folder with 1.eml 2.eml 3.eml.
# Writes N.out for each message fetched, and one line for each answer that the test compares.
use strict;
use warnings;
use Mail::IMAPClient;

my ($port, $user, $folder) = @ARGV;

sub connected {
    my $client = Mail::IMAPClient->new(
        Server => '127.0.0.1', Port => $port, User => $user, Password => 'demo',
        Uid => 1, Peek => 1, Ignoresizeerrors => 0, Timeout => 30,
    ) or die "connect: $@";
    return $client;
}

my $imap = connected();
sub must { my ($what, $got) = @_; defined $got or die "$what: " . ($imap->LastError // $@); return $got; }

must('compress', $imap->compress);
print 'compressed ', ($imap->Compress ? 1 : 0), "\n";
must('create', $imap->create('Archive'));
print 'folders ', join(' ', sort $imap->folders), "\n";
for my $n (1 .. 3) {
    # Not append_file: it sends the message past its own compression.
    open my $file, '<:raw', "$folder/$n.eml" or die "$folder/$n.eml: $!";
    local $/;
    my $uid = must('append', $imap->append_string('INBOX', scalar <$file>, $n == 2 ? '\\Flagged' : ''));
    print "appended $uid\n";
}
must('select', $imap->select('INBOX'));
print 'uidnext ', must('uidnext', $imap->uidnext('INBOX')), "\n";
my @found = @{must('search', scalar $imap->search('SUBJECT', \'second'))};
print "found @found\n";
print 'sorted ', join(' ', $imap->sort('REVERSE SUBJECT', 'US-ASCII', 'ALL')), "\n";
print 'threads ', join(' ', map { ref $_ ? '(' . join(' ', @$_) . ')' : $_ } @{must('thread', scalar $imap->thread('REFERENCES'))}), "\n";
for my $uid ($imap->messages) {
    must('fetch', $imap->message_to_file("$folder/$uid.out", $uid));
    print "size $uid ", must('size', $imap->size($uid)), "\n";
}
my $structure = must('structure', $imap->get_bodystructure(1));
print 'structure ', $structure->bodytype, '/', $structure->bodysubtype, ' ', join(' ', $structure->parts), "\n";
print 'envelope ', must('envelope', $imap->get_envelope(2))->subject, "\n";

# Another session changes flags while this one idles.
my $tag = must('idle', $imap->idle);
my $other = connected();
$other->select('INBOX') or die $other->LastError;
$other->set_flag('Seen', 1) or die $other->LastError;
$other->logout;
my @told = ();
for (1 .. 20) {
    push @told, @{must("idle data", scalar $imap->idle_data(1))};
    last if grep { /FETCH/ } @told;
}
must('done', $imap->done($tag));
print 'told ', (grep({ /FETCH .*\\Seen/ } @told) ? 'seen' : "nothing: @told"), "\n";

must('move', $imap->move('Archive', 2));
must('keyword', $imap->store(3, '+FLAGS.SILENT (todo $Forwarded)'));
# Its move is COPY with \Deleted behind it.
must('delete', $imap->delete_message(1));
must('uidexpunge', $imap->uidexpunge(1));
print 'left ', join(' ', $imap->messages), "\n";
must('expunge', $imap->expunge);
print 'left ', join(' ', $imap->messages), "\n";
print 'flags ', join(' ', sort grep { !/Recent/ } $imap->flags(3)), "\n";
must('logout', $imap->logout);
