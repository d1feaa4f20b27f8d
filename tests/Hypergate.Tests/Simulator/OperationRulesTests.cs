using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.Operations.Rules;

namespace Hypergate.Tests.Simulator;

public class OperationRulesTests
{
    private static readonly string[][] Table =
    [
        .. File.ReadAllLines(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "operations.tsv")).Skip(1).Select(line => line.Split('\t')),
    ];

    public static TheoryData<string> OnOneObject { get; } = [.. OperationRules.All.Keys.Where(id => id.Contains("{id}", StringComparison.Ordinal))];

    [Fact]
    public void Every_operation_that_changes_something_has_a_rule_or_is_one_of_the_servers_own()
    {
        string[] own = ["/tags/", "/tasks", "/events", "authentication_tokens"];

        foreach (var row in Table.Where(row => row[0] != "GET" && !own.Any(word => row[1].Contains(word, StringComparison.Ordinal))))
        {
            Assert.True(OperationRules.All.ContainsKey($"{row[0]} {row[1]}"), $"{row[0]} {row[1]}");
        }
    }

    [Fact]
    public void Every_rule_belongs_to_an_operation() =>
        Assert.All(OperationRules.All.Keys, id => Assert.Contains(Table, row => $"{row[0]} {row[1]}" == id));

    [Theory]
    [MemberData(nameof(OnOneObject))]
    public void An_unknown_id_is_told(string operation)
    {
        var world = new RulesWorld(vms: 10);
        const string unknown = "00000000-0000-4000-8000-000000000000";
        // Bodies whose ids lead somewhere, so that it is the path's id that does not.
        var body = $$"""
            {
              "snapshotId": "x", "hostId": "{{world.AnyId("hosts")}}", "srId": "{{world.AnyId("srs")}}", "pif": "{{world.AnyId("pifs")}}", "pifIds": [],
              "vlan": 1, "name": "n", "network": "{{world.AnyId("networks")}}", "host": "{{world.AnyId("hosts")}}",
              "template": "{{world.AnyId("vm-templates")}}", "name_label": "n"
            }
            """;

        var error = Assert.Throws<XoError>(() => world.Run(operation, [unknown, unknown], body));

        Assert.Equal(404, error.Status);
        Assert.Equal(unknown, RulesWorld.Text(error.ErrorData!, "id"));
        world.AssertConsistent();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_any_sequence_of_operations_all_relations_agree(int seed)
    {
        var world = new RulesWorld(vms: 60, seed);
        var random = new Random(seed);
        var done = 0;
        string[] operations =
        [
            .. OperationRules.All.Keys.Where(id => !id.StartsWith("GET", StringComparison.Ordinal) && !id.Contains("user", StringComparison.Ordinal)
                && !id.Contains("servers", StringComparison.Ordinal) && !id.Contains("add_host", StringComparison.Ordinal)),
        ];

        for (var step = 0; step < 400; step++)
        {
            var operation = operations[random.Next(operations.Length)];
            if (TryRun(world, random, operation))
            {
                done++;
            }

            if (step % 40 == 0)
            {
                Assert.True(SeedRelations.Broken(world.Data) is { Count: 0 }, $"after {operation}: {string.Join('\n', SeedRelations.Broken(world.Data).Take(5))}");
            }
        }

        world.AssertConsistent();
        Assert.InRange(done, 120, 400);
    }

    /// <summary>Refusals are part of the game; anything but an answer of the server is not.</summary>
    private static bool TryRun(RulesWorld world, Random random, string operation)
    {
        string? Random(string collection)
        {
            var items = world.Data[collection].All;
            return items.Count == 0 ? null : RulesWorld.Id(items.ElementAt(random.Next(items.Count)));
        }

        var body = $$"""
            {
              "snapshotId": "{{Random("vm-snapshots")}}", "hostId": "{{Random("hosts")}}", "srId": "{{Random("srs")}}", "pif": "{{Random("pifs")}}",
              "pifIds": ["{{Random("pifs")}}"], "vlan": {{random.Next(100)}}, "name": "n{{random.Next(1000)}}", "network": "{{Random("networks")}}",
              "template": "{{Random("vm-templates")}}", "name_label": "made", "VM": "{{Random("vms")}}", "VDI": "{{Random("vdis")}}",
              "vmId": "{{Random("vms")}}", "networkId": "{{Random("networks")}}", "virtual_size": 1048576, "SR_type": "nfs", "device_config": {},
              "roleId": "{{Random("acl-roles")}}", "resource": "vm", "action": "read", "effect": "allow", "url": "nfs://x", "boot": true
            }
            """;
        var segments = operation.Split('/');
        string[] ids = [Random(segments[1]) ?? "", Random("groups") ?? "", "raw"];
        try
        {
            world.Run(operation, ids, operation.StartsWith("PATCH", StringComparison.Ordinal) ? PatchBody(operation) : body);
            return true;
        }
        catch (XoError)
        {
            return false;
        }
    }

    private static string PatchBody(string operation) => operation.Contains("/vms/", StringComparison.Ordinal)
        ? """{"nameLabel": "renamed"}"""
        : """{"name_label": "renamed"}""";
}
