using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.Operations.Rules;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Tests.Simulator;

/// <summary>A seeded data centre on which rules are run directly, without HTTP.</summary>
internal sealed class RulesWorld
{
    public RulesWorld(int vms = 60, int seed = 7)
    {
        Data = new DataCentre(Time, seed);
        WorldSeed.Fill(Data, vms, seed);
        Admin = Data["users"].All.First()["id"]!.GetValue<string>();
    }

    public ManualTime Time { get; } = new();

    public DataCentre Data { get; }

    public string Admin { get; }

    /// <summary>Runs the rule of <c>POST /vms/{id}/actions/start</c> with the ids of its placeholders in their order.</summary>
    public JsonNode? Run(string operation, string[] ids, string? body = null, params (string Name, string Value)[] query)
    {
        var placeholders = operation.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]);
        return OperationRules.All[operation].Run(new OperationContext(
            Data,
            placeholders.Zip(ids).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            query.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
            body is null ? null : JsonNode.Parse(body)!.AsObject(),
            Admin));
    }

    public JsonNode? Run(string operation, string id, string? body = null) => Run(operation, [id], body);

    /// <summary>Runs a rule that makes something, and answers what it made.</summary>
    public string Make(string operation, string id, string? body = null) => Run(operation, [id], body)!["id"]!.GetValue<string>();

    public XoError Fails(string operation, string id, string? body = null) =>
        Assert.Throws<XoError>(() => Run(operation, [id], body));

    public JsonObject Find(string collection, string id) => Data[collection].Find(id)!;

    public JsonObject Any(string collection, Func<JsonObject, bool>? fits = null) => Data[collection].All.First(fits ?? (_ => true));

    public string AnyId(string collection, Func<JsonObject, bool>? fits = null) => Id(Any(collection, fits));

    /// <summary>A VM in a power state, with guest tools if it runs.</summary>
    public string Vm(string state, string pool = "prod", bool tools = true) => AnyId("vms", vm =>
        Text(vm, "power_state") == state && InPool(vm, pool) && (state != "Running" || vm["xenTools"] is JsonObject == tools));

    public bool InPool(JsonObject item, string pool) => Text(Find("pools", Text(item, "$pool")), "name_label") == pool;

    public string Pool(string name) => AnyId("pools", pool => Text(pool, "name_label") == name);

    public static string Text(JsonNode item, string property) => item[property]!.GetValue<string>();

    public static string Id(JsonNode item) => Text(item, "id");

    public static string[] Ids(JsonNode item, string property) => [.. item[property]!.AsArray().Select(id => id!.GetValue<string>())];

    public void AssertConsistent() => Assert.Empty(SeedRelations.Broken(Data));
}
