using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public class WordFormsTests
{
    private static readonly HashSet<string> Known = ["einschalten", "klonen", "loschen", "netzwerk", "karte", "sicherung", "job", "redemarrer", "agrandir", "suspendre", "datenspeicher", "hinzufugen"];
    private static readonly WordForms Forms = new(Known.Contains);

    [Theory]
    [InlineData("datenspeichern", "datenspeicher")]
    [InlineData("klont", "klonen")]
    [InlineData("geklont", "klonen")]
    [InlineData("eingeschaltet", "einschalten")]
    [InlineData("einzuschalten", "einschalten")]
    [InlineData("loeschen", "loschen")]
    [InlineData("hinzufuegen", "hinzufugen")]
    [InlineData("redemarrez", "redemarrer")]
    [InlineData("redemarree", "redemarrer")]
    [InlineData("agrandis", "agrandir")]
    [InlineData("suspends", "suspendre")]
    public void A_form_leads_to_its_word(string form, string word) => Assert.Equal(word, Forms.Known(form));

    [Theory]
    [InlineData("klo")]
    [InlineData("kartoffel")]
    [InlineData("")]
    public void What_is_no_form_of_a_known_word_leads_nowhere(string form) => Assert.Null(Forms.Known(form));

    [Fact]
    public void A_compound_falls_into_its_parts()
    {
        Assert.Equal(["netzwerk", "karte"], Forms.Parts("netzwerkkarten"));
        Assert.Equal(["sicherung", "job"], Forms.Parts("sicherungsjob"));
        Assert.Empty(Forms.Parts("sicherungshaken"));
    }
}
