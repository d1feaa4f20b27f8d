using Hypergate.Catalog;

namespace Hypergate.Tests.Catalog;

public class CatalogSnapshotTests
{
    [Fact]
    public void Operations_are_found_by_backend_and_exact_name()
    {
        var snapshot = CatalogSnapshot.Empty.With(Catalogs.Of("one", "1", "GetA")).With(Catalogs.Of("two", "1", "GetB"));

        Assert.Equal("GetA", snapshot.Find("one", "GetA")!.Name);
        Assert.Null(snapshot.Find("two", "GetA"));
        Assert.Null(snapshot.Find("one", "geta"));
        Assert.Null(snapshot.Find("three", "GetA"));
        Assert.Null(snapshot.Find("three"));
    }

    [Fact]
    public void Backends_come_in_the_order_of_their_names_whoever_was_first()
    {
        var snapshot = CatalogSnapshot.Empty.With(Catalogs.Of("b", "1")).With(Catalogs.Of("a", "1"));

        Assert.Equal("a b", string.Join(' ', snapshot.Backends.Select(static catalog => catalog.Backend)));
    }

    [Fact]
    public void Families_and_their_operations_keep_the_order_of_the_description()
    {
        var snapshot = CatalogSnapshot.Empty.With(Catalogs.Of("one", "1", "vms.B", "hosts.A", "vms.A"));

        Assert.Equal("vms hosts", string.Join(' ', snapshot.Domains("one")));
        Assert.Equal("vms.B vms.A", string.Join(' ', snapshot.InDomain("one", "vms")));
        Assert.Empty(snapshot.InDomain("one", "pools"));
        Assert.Empty(snapshot.InDomain("two", "vms"));
        Assert.Empty(snapshot.Domains("two"));
    }

    [Fact]
    public void An_older_snapshot_never_changes()
    {
        var older = CatalogSnapshot.Empty.With(Catalogs.Of("one", "1", "GetA"));
        var newer = older.With(Catalogs.Of("one", "2", "GetB"));

        Assert.NotNull(older.Find("one", "GetA"));
        Assert.Null(newer.Find("one", "GetA"));
        Assert.Null(newer.Without("one").Find("one"));
        Assert.Same(newer, newer.Without("two"));
        Assert.NotNull(newer.Find("one", "GetB"));
    }
}
