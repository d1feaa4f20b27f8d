using System.Text.Json;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>A query finds the object, and <c>call_operation</c> changes what its row names.</summary>
internal sealed class QueryThenCallSurface(GatewayUnderTest gateway) : ToolSurface(gateway)
{
    protected override string Tool => "call_operation";

    protected override string Arguments(ChangeWish wish, string more = "") =>
        $$"""{"operation":"{{wish.Operation}}","backend":"{{wish.Backend}}","arguments":{ {{wish.Members}} }{{more}}}""";

    public override async Task<GivenConsent> AgreeAsync(ChangeWish wish) => await base.AgreeAsync(wish with { Vm = await FoundAsync(wish) });

    public override async Task<string> UseAsync(GivenConsent consent, ChangeWish wish, Caller caller) => await base.UseAsync(consent, wish with { Vm = await FoundAsync(wish) }, caller);

    private async Task<string> FoundAsync(ChangeWish wish)
    {
        var found = await RunAsync(Asker, "execute_query", $$$"""{"query":"SELECT id FROM guests WHERE backend = '{{{wish.Backend}}}' AND id = '{{{wish.Vm}}}' LIMIT 1","format":"json"}""");
        Assert.False(found.IsError, found.Text);
        return found.Structured!.Value.GetProperty("rows")[0] is { ValueKind: JsonValueKind.Array } row ? row[0].GetString()! : found.Structured!.Value.GetProperty("rows")[0].GetProperty("id").GetString()!;
    }
}
