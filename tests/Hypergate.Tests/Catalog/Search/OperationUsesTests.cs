using System.Text.RegularExpressions;
using Hypergate.Catalog.Search;
using Hypergate.Model;

namespace Hypergate.Tests.Catalog.Search;

public partial class OperationUsesTests
{
    [Fact]
    public void Each_is_of_an_operation_that_one_of_the_platforms_has()
    {
        var known = GoldenQuestions.Everything.Select(static entry => OperationUses.KeyOf(entry.Operation)).ToHashSet(StringComparer.Ordinal);

        Assert.All(OperationUses.All.Operations, key => Assert.Contains(key, known));
        Assert.InRange(OperationUses.All.Operations.Count, 300, known.Count);
    }

    [Fact]
    public void Each_is_a_short_phrase_and_none_is_said_twice_of_an_operation() =>
        Assert.All(GoldenQuestions.Everything, static entry =>
        {
            var uses = OperationUses.All.Of(entry.Operation);
            Assert.All(uses, static use => Assert.Matches(Phrase(), use));
            Assert.Equal(uses.Count, uses.Distinct(StringComparer.Ordinal).Count());
        });

    [Fact]
    public void Virtual_machines_and_containers_share_theirs()
    {
        Assert.Contains("start a vm", OperationUses.All.Of(Operation("start_qemu")));
        Assert.Contains("start a container", OperationUses.All.Of(Operation("start_lxc")));
    }

    private static Operation Operation(string name) => GoldenQuestions.Everything.Single(entry => entry.Operation.Name == name).Operation;

    [GeneratedRegex("^[a-z0-9][a-z0-9 ,'+-]{3,90}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Phrase();
}
