using Hypergate.Schemas;

namespace Hypergate.Tests.Schemas;

public class NearestNameTests
{
    private static readonly string[] Fields = ["id", "url", "name_label", "name_description", "power_state", "memory", "tags", "$pool"];

    [Theory]
    [InlineData("nameLabel", "name_label")]
    [InlineData("NAME-LABEL", "name_label")]
    [InlineData("name label", "name_label")]
    [InlineData("namelabel", "name_label")]
    [InlineData("ulr", "url")]
    [InlineData("power_sate", "power_state")]
    [InlineData("powerstat", "power_state")]
    [InlineData("tag", "tags")]
    [InlineData("memmory", "memory")]
    [InlineData("description", "name_description")]
    [InlineData("power", "power_state")]
    [InlineData("pool", "$pool")]
    public void A_slip_is_recognised(string wrong, string meant) => Assert.Equal(meant, NearestName.Find(wrong, Fields));

    [Theory]
    [InlineData("")]
    [InlineData("___")]
    [InlineData("xyz")]
    [InlineData("cpu")]
    [InlineData("is")]
    [InlineData("networks")]
    public void What_is_near_nothing_gets_no_guess(string wrong) => Assert.Null(NearestName.Find(wrong, Fields));

    [Fact]
    public void The_nearer_name_wins_and_of_equals_the_first()
    {
        Assert.Equal("StartVms", NearestName.Find("StartVmz", ["StartVm12", "StartVms", "StartVmt"]));
        Assert.Equal("start_vm", NearestName.Find("StartVm", ["StartVms", "start_vm"]));
    }

    [Fact]
    public void No_names_and_endless_names_do_no_harm()
    {
        Assert.Null(NearestName.Find("a", []));
        Assert.Null(NearestName.Find(new string('a', 1_000_000), [new string('a', 1_000_000)]));
    }

    [Fact]
    public void Any_single_slip_in_a_longer_name_is_found()
    {
        var random = new Random(4711);
        for (var round = 0; round < 500; round++)
        {
            var name = Fields[random.Next(2, 5)];
            var at = random.Next(1, name.Length - 1);
            var wrong = random.Next(4) switch
            {
                0 => name.Remove(at, 1),
                1 => name.Insert(at, "q"),
                2 => $"{name[..at]}q{name[(at + 1)..]}",
                _ => $"{name[..(at - 1)]}{name[at]}{name[at - 1]}{name[(at + 1)..]}",
            };

            Assert.Equal(name, NearestName.Find(wrong, Fields));
        }
    }
}
