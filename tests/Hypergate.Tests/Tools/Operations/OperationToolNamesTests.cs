using Hypergate.Backends;
using Hypergate.Backends.Http;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Catalog;
using Hypergate.Model;
using Hypergate.Tests.Descriptions.ProxmoxApi;
using Hypergate.Tools.Operations;

namespace Hypergate.Tests.Tools.Operations;

public class OperationToolNamesTests
{
    [Fact]
    public void Every_operation_of_proxmox_has_a_name_of_its_own_that_leaves_room_for_a_clients_prefix()
    {
        var names = Names(("pve-production-paris", RealSchema.Description.Operations));

        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, static name => Assert.Matches("^pve_production_paris_[A-Za-z0-9_]{1,27}$", name));
    }

    [Fact]
    public void Names_that_differ_in_separators_alone_are_numbered_in_the_order_of_the_description() =>
        Assert.Equal(["a_list_vms", "a_list_vms_2", "a_list_vms_3"], Names(("a", [Named("list-vms"), Named("list_vms"), Named("list.vms")])));

    [Fact]
    public void Backends_whose_names_go_on_from_one_another_cannot_be_mistaken() =>
        Assert.Equal(["a__b_c", "a_b_c"], Names(("a", [Named("b_c")]), ("a_b", [Named("c")])));

    [Fact]
    public void A_name_does_not_change_while_another_backend_has_not_answered()
    {
        var both = Names(("a", [Named("b_c")]), ("a_b", [Named("c")]));
        var backends = new[] { Backend("a"), Backend("a_b") };

        var one = new OperationToolNames(backends, CatalogSnapshot.Empty.With(Catalog("a_b", [Named("c")]))).Of("a_b", Named("c"));

        Assert.Equal(both[1], one);
    }

    [Fact]
    public void Names_that_model_providers_reserve_are_avoided() =>
        Assert.Equal(["hypergate_web_search", "web_find"], Names(("web", [Named("search"), Named("find")])));

    private static List<string> Names(params (string Backend, IReadOnlyList<Operation> Operations)[] entries)
    {
        var catalog = entries.Aggregate(CatalogSnapshot.Empty, static (snapshot, entry) => snapshot.With(Catalog(entry.Backend, entry.Operations)));
        var names = new OperationToolNames([.. entries.Select(static entry => Backend(entry.Backend))], catalog);
        return [.. entries.SelectMany(entry => entry.Operations.Select(operation => names.Of(entry.Backend, operation)))];
    }

    private static BackendCatalog Catalog(string backend, IReadOnlyList<Operation> operations) =>
        new(backend, operations, "hash", "1", DateTimeOffset.UnixEpoch, []);

    private static Backend Backend(string name) => new(
        new BackendOptions
        {
            Name = name,
            Kind = XenOrchestraKind.Kind,
            Credential = new Credential.Token("t"),
            Http = new BackendHttpOptions { Address = new Uri("http://127.0.0.1:1"), Words = XenOrchestraKind.Kind.Words, Proxy = ProxyRules.Direct, Tls = new TlsRules() },
        },
        TimeProvider.System);

    private static Operation Named(string name) => new()
    {
        Name = name,
        DeclaredName = name,
        Domain = "things",
        Title = name,
        Method = "GET",
        Path = "/" + name,
        Access = Access.Read,
    };
}
