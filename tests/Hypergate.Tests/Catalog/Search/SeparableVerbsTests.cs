using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public class SeparableVerbsTests
{
    private static readonly HashSet<string> Known = ["einschalten", "anlegen", "zurucksetzen", "wegnehmen", "anstossen"];
    private static readonly SeparableVerbs Verbs = new(Known.Contains);

    [Theory]
    [InlineData("schalte die vm ein", "einschalten die vm")]
    [InlineData("leg bitte einen benutzer an", "anlegen bitte einen benutzer")]
    [InlineData("setz die vm zuruck und starte sie", "zurucksetzen die vm und starte sie")]
    [InlineData("nimm ihr das recht weg", "wegnehmen ihr das recht")]
    [InlineData("stoss den lauf jetzt an", "anstossen den lauf jetzt")]
    public void A_verb_becomes_whole_again(string said, string whole) => Assert.Equal(whole.Split(' '), Verbs.Join([.. said.Split(' ')]));

    [Theory]
    [InlineData("hange die platte an die vm")]
    [InlineData("was liegt an")]
    [InlineData("an")]
    public void Other_words_stay_as_they_are(string said) => Assert.Equal(said.Split(' '), Verbs.Join([.. said.Split(' ')]));
}
