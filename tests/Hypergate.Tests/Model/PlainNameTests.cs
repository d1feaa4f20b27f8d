using Hypergate.Model;

namespace Hypergate.Tests.Model;

/// <summary>No two operations of a backend have one name in scripts, and plain names mean what they say.</summary>
public sealed class PlainNameTests
{
    [Theory]
    [InlineData("get-x get.x", "get_x get_x_2")]
    [InlineData("get-x get_x get.x", "get_x_2 get_x get_x_3")]
    [InlineData("get-x get_x_2 get.x", "get_x get_x_2 get_x_3")]
    [InlineData("get-x put-x", "get_x put_x")]
    public void Names_that_would_be_one_are_numbered_in_their_order(string names, string scripts)
    {
        var numbered = PlainNames.Numbered([.. names.Split(' ').Select(Named)]);

        Assert.Equal(scripts.Split(' '), numbered.Select(static operation => operation.ScriptName ?? PlainNames.Of(operation.Name)));
        Assert.All(numbered.Where(static operation => operation.ScriptName is not null), static operation => Assert.Contains(operation.ScriptName!, operation.OtherNames));
    }

    [Fact]
    public void Where_all_names_are_plain_nothing_is_made_anew()
    {
        IReadOnlyList<Operation> operations = [Named("GetVms"), Named("get_vm")];

        Assert.Same(operations, PlainNames.Numbered(operations));
    }

    private static Operation Named(string name) => new() { Name = name, DeclaredName = name, Domain = "x", Title = name, Method = "GET", Path = $"/{name}", Access = Access.Read };
}
