using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Tests.Backends;

public sealed class PageRemarkTests
{
    [Theory]
    [InlineData("limit,offset", "{}", 3, null, null)]
    [InlineData("limit,offset", """{"limit":3}""", 3, null, "The platform gave the 3 rows that limit allows; there may be more: offset=3 goes on, limit takes more at once.")]
    [InlineData("limit,offset", """{"limit":3,"offset":6}""", 3, null, "The platform gave the 3 rows that limit allows; there may be more: offset=9 goes on, limit takes more at once.")]
    [InlineData("limit,offset", """{"limit":3,"offset":6}""", 2, null, null)]
    [InlineData("limit,offset", """{"limit":3}""", 3, 46L, "The platform gave 3 of 46 rows: offset=3 goes on, limit takes more at once.")]
    [InlineData("limit,offset", """{"limit":3,"offset":43}""", 3, 46L, null)]
    [InlineData("page,page_size", """{"page_size":3,"page":2}""", 3, null, "The platform gave the 3 rows that page_size allows; there may be more: page=3 goes on, page_size takes more at once.")]
    [InlineData("page,perPage=3", "{}", 3, null, "The platform gave the 3 rows that perPage allows; there may be more: page=2 goes on, perPage takes more at once.")]
    [InlineData("page,perPage=3", """{"page":16}""", 1, 46L, null)]
    [InlineData("q", "{}", 3, 46L, "The platform gave 3 of 46 rows.")]
    [InlineData("q", "{}", 3, null, null)]
    [InlineData("limit", """{"limit":"3"}""", 3, null, null)]
    public void A_list_that_the_platform_has_cut_is_said_to_be(string parameters, string arguments, int rows, long? total, string? expected)
    {
        var operation = new Operation
        {
            Name = "list_things",
            DeclaredName = "list_things",
            Domain = "things",
            Title = "List",
            Method = "GET",
            Path = "/things",
            Access = Access.Read,
            Result = ResultShape.List,
            Parameters = [.. parameters.Split(',').Select(static text => text.Split('=')).Select(static parts => new Parameter
            {
                Name = parts[0],
                Place = ParameterPlace.Query,
                Schema = JsonElement.Parse(parts.Length > 1 ? $$"""{"type":"integer","default":{{parts[1]}}}""" : """{"type":"integer"}"""),
            })],
        };
        var call = new Call { Backend = "x", Operation = operation, Caller = Caller.LocalUser, Arguments = JsonElement.Parse(arguments), Tool = "test" };

        Assert.Equal(expected, PageRemark.Of(call, JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, rows))}]"), total));
    }
}
