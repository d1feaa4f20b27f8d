using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public class QuestionTests
{
    [Theory]
    [InlineData("is the backup still running?")]
    [InlineData("why does the start of web-01 fail")]
    [InlineData("ist der Host gestartet?")]
    [InlineData("which machines were shut down")]
    [InlineData("gestoppte VMs anzeigen")]
    [InlineData("what is running right now?")]
    [InlineData("who deleted the VM?")]
    [InlineData("could VM 99 be migrated to another node?")]
    [InlineData("history of backup runs")]
    public void Who_wants_to_know_changes_nothing(string text) => Assert.False(Read(text).Changes);

    [Theory]
    [InlineData("The VM refuses to start, show me the error")]
    [InlineData("I deleted a VM yesterday. Where do I find its disk?")]
    [InlineData("someone turned off the print server, who was it?")]
    [InlineData("der Host wurde neu gestartet, was lief schief?")]
    public void Who_tells_what_happened_before_asking_changes_nothing(string text) => Assert.False(Read(text).Changes);

    [Theory]
    [InlineData("stop vm 7, which is on node 3")]
    [InlineData("VM 105 is stuck, kill it")]
    [InlineData("the library of this storage is old, read it again")]
    [InlineData("start vm 7 first, then tell me: is it up?")]
    public void Who_orders_something_wants_a_change_whatever_else_is_said(string text) => Assert.True(Read(text).Changes);

    [Theory]
    [InlineData("can you restart web-01")]
    [InlineData("is it possible to restart web-01?")]
    [InlineData("restart web-01 and tell me when it is up")]
    [InlineData("fahre den Testserver herunter")]
    [InlineData("schalte bitte den Testserver ein")]
    [InlineData("donne le rôle de lecture au groupe support")]
    public void Who_wants_something_done_wants_a_change(string text) => Assert.True(Read(text).Changes);

    [Theory]
    [InlineData("delete the disk", true)]
    [InlineData("take the host out of the pool", true)]
    [InlineData("attach the disk", false)]
    [InlineData("move the disk without deleting it", false)]
    public void Only_who_asks_for_it_gets_what_deletes(string text, bool deletes) => Assert.Equal(deletes, Read(text).Deletes);

    [Theory]
    [InlineData("list all hosts", true)]
    [InlineData("show the host", false)]
    public void Who_asks_for_many_wants_lists(string text, bool many) => Assert.Equal(many, Read(text).WantsMany);

    [Theory]
    [InlineData("which VMs run on the host", "#vm")]
    [InlineData("list all networks of the pool", "#network")]
    public void What_is_asked_for_in_plural_is_known(string text, string concept) => Assert.Equal([concept], Read(text).Many);

    [Theory]
    [InlineData("put Carol into the operators group", "#user")]
    [InlineData("reboot pve3", "#host")]
    [InlineData("reboot xcp-07.", "#host")]
    [InlineData("who has 10.20.0.15?", "#ip")]
    [InlineData("block fe80::1", "#ip")]
    public void Names_tell_what_they_are_of(string text, string concept) => Assert.Contains(concept, Read(text).Words);

    [Theory]
    [InlineData("reboot vm web-07", "#host")]
    [InlineData("show the Backup", "#user")]
    [InlineData("update to 8.2", "#ip")]
    public void Other_names_do_not(string text, string concept) => Assert.DoesNotContain(concept, Read(text).Words);

    [Theory]
    [InlineData("the server is slow", "#vm")]
    [InlineData("give it 20GB of disk", "#disk")]
    [InlineData("restart the virtul machine", "#vm")]
    [InlineData("hibrnate web-01", "#suspend")]
    [InlineData("network throuput", "#statistics")]
    [InlineData("qm list", "#vm")]
    public void What_is_meant_stands_among_its_words(string text, string concept) => Assert.Contains(concept, Read(text).Words);

    private static Question Read(string text)
    {
        var spelling = new Spelling(FieldWords.All.Stems.Append("virtual"));
        return Question.Read(text, FieldWords.All, static _ => false, spelling.Nearest, static _ => false);
    }
}
