using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Filters;

namespace Hypergate.Tests.Simulator;

public class FilterParserTests
{
    private static readonly JsonNode Vm = JsonNode.Parse("""
        {
          "id": "f3f49d39-91a4-4faf-a1a9-b7380d009b71", "name_label": "prod-db-003", "name_description": "Big \"db\" server",
          "power_state": "Running", "auto_poweron": true, "CPUs": {"number": 8, "max": 16}, "memory": {"size": 17179869184},
          "tags": ["backup", "k8s node"], "high_availability": "", "startDelay": 0, "snapshots": [], "parent": null,
          "ville": "Orléans", "port": "0x1F", "dotted.name": "yes"
        }
        """)!;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("power_state:running")]
    [InlineData("power_state:RUN")]
    [InlineData("k8s")]
    [InlineData("\"k8s node\"")]
    [InlineData("F3F49D39")]
    [InlineData("name_label:/^prod-db-00[34]$/")]
    [InlineData("name_label:/DB/i")]
    [InlineData("prod*03")]
    [InlineData("name_label:*db*")]
    [InlineData("CPUs:number:8")]
    [InlineData("8")]
    [InlineData("CPUs:16")]
    [InlineData("memory:size:>17179869183")]
    [InlineData("memory:size:>=17179869184")]
    [InlineData("memory:size:<=1.7179869184e10")]
    [InlineData("CPUs:number:<0x10")]
    [InlineData("auto_poweron?")]
    [InlineData("!high_availability? !startDelay? !parent? !nothing?")]
    [InlineData("snapshots?")]
    [InlineData("power_state:|(Paused Running)")]
    [InlineData("|(power_state:Paused name_label:db)")]
    [InlineData("| ( nothing:x  auto_poweron? )")]
    [InlineData("(power_state:Running tags:backup)")]
    [InlineData("!power_state:Halted")]
    [InlineData("! ( power_state:Halted )")]
    [InlineData("name_description:\"\\\"db\\\" server\"")]
    [InlineData("name_description:\"big")]
    [InlineData("\"dotted.name\":yes")]
    [InlineData("dotted.name:yes")]
    [InlineData("Orléans")]
    [InlineData("tags : backup")]
    [InlineData("tags:length:2")]
    [InlineData("tags:/^k8s/")]
    public void A_filter_that_fits(string filter) => Assert.True(FilterParser.Parse(filter).Matches(Vm));

    [Theory]
    [InlineData("power_state:Halted")]
    [InlineData("CPUs.number:8")]
    [InlineData("auto_poweron:true")]
    [InlineData("name_label:/^PROD/")]
    [InlineData("name_label:/prod$/")]
    [InlineData("memory:size:>17179869184")]
    [InlineData("memory:>1")]
    [InlineData("CPUs:number:9")]
    [InlineData("startDelay?")]
    [InlineData("nothing:deep:x")]
    [InlineData("power_state:Running tags:nothing")]
    [InlineData("power_state:|(Paused Halted)")]
    [InlineData("!auto_poweron?")]
    public void A_filter_that_does_not_fit(string filter) => Assert.False(FilterParser.Parse(filter).Matches(Vm));

    [Theory]
    [InlineData("(power_state:Running", 0)]
    [InlineData("power_state:", 11)]
    [InlineData("a b:", 3)]
    [InlineData("a )", 2)]
    [InlineData("()", 0)]
    [InlineData("a |b", 2)]
    [InlineData("!", 0)]
    [InlineData("a /never closed", 2)]
    [InlineData("name_label=x", 10)]
    [InlineData(">", 0)]
    [InlineData("a ?", 2)]
    public void What_cannot_be_read_on_is_named_by_its_position(string filter, int position)
    {
        var error = Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(filter));
        Assert.Equal($"parse error: expected end of input at position {position}", error.Message);
    }

    [Theory]
    [InlineData("memory:size:>many", "value must be a number")]
    [InlineData("name_label:/(/", "Invalid regular expression: /(/: Unterminated group")]
    [InlineData("name_label:/[a/", "Invalid regular expression: /[a/: Unterminated character class")]
    [InlineData("name_label:/*/", "Invalid regular expression: /*/: Nothing to repeat")]
    public void A_value_that_is_none_is_named(string filter, string message) =>
        Assert.Equal(message, Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(filter)).Message);

    [Fact]
    public void Nesting_without_end_is_an_error_and_not_the_end_of_the_process() =>
        Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(new string('(', 100_000)));
}
