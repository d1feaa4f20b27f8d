using System.Text;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Catalog;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Tests.Descriptions.OpenApi;

namespace Hypergate.Tests.Catalog;

public sealed class CatalogCacheTests : IDisposable
{
    private static readonly Uri Address = new("https://xo.example.com/");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "hypergate-tests", Guid.NewGuid().ToString("n"));
    private readonly CatalogCache _cache;

    public CatalogCacheTests() => _cache = new CatalogCache(_folder);

    private string CacheFile => Path.Combine(_folder, "xo.catalog");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var catalog = Catalogs.Of("xo", "abc") with { Operations = [Catalogs.Full, Catalogs.Operation("Plain")] };

        Assert.Null(_cache.Write(catalog, Address));
        var read = _cache.Read("xo", Address);

        Assert.Null(read.Ignored);
        Assert.Equal(catalog with { Operations = [], Warnings = [] }, read.Catalog! with { Operations = [], Warnings = [] });
        Assert.Equal("a warning", Assert.Single(read.Catalog.Warnings));
        Assert.Equal(catalog.Operations.Select(Catalogs.Text), read.Catalog.Operations.Select(Catalogs.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void The_real_description_survives_whole()
    {
        var json = RealDocument.Json();
        var description = OpenApiReader.Read(json, XenOrchestraDescription.Rules);
        var catalog = new BackendCatalog("xo", description.Operations, BackendCatalog.HashOf(json), description.Version, DateTimeOffset.UnixEpoch, []);

        Assert.Null(_cache.Write(catalog, Address));
        var read = _cache.Read("xo", Address).Catalog!;

        Assert.Equal(catalog.Operations.Select(Catalogs.Text), read.Operations.Select(Catalogs.Text), StringComparer.Ordinal);
        Assert.Equal(64, read.Hash.Length);
        Assert.InRange(new FileInfo(CacheFile).Length, 50_000, 200_000);
    }

    [Fact]
    public void Nothing_is_remembered_at_first()
    {
        var read = _cache.Read("xo", Address);

        Assert.Null(read.Catalog);
        Assert.Equal("nothing has been remembered yet", read.Ignored);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void Another_address_does_not_get_what_was_remembered()
    {
        _cache.Write(Catalogs.Of("xo", "abc"), Address);

        Assert.Contains("another address", _cache.Read("xo", new Uri("https://xo.example.com/other")).Ignored, StringComparison.Ordinal);
        Assert.NotNull(_cache.Read("xo", new Uri("https://XO.example.com")).Catalog);
    }

    [Fact]
    public void Each_backend_has_a_file_of_its_own()
    {
        _cache.Write(Catalogs.Of("xo", "1"), Address);
        _cache.Write(Catalogs.Of("xo-2", "2"), Address);

        Assert.Equal(("1", "2"), (_cache.Read("xo", Address).Catalog!.Hash, _cache.Read("xo-2", Address).Catalog!.Hash));
    }

    [Fact]
    public void A_file_that_was_copied_to_another_name_is_ignored()
    {
        _cache.Write(Catalogs.Of("xo", "1"), Address);
        File.Copy(CacheFile, Path.Combine(_folder, "other.catalog"));

        Assert.Null(_cache.Read("other", Address).Catalog);
    }

    [Fact]
    public void The_newer_catalog_stands_in_place_of_the_older_and_nothing_is_left_over()
    {
        _cache.Write(Catalogs.Of("xo", "1"), Address);
        _cache.Write(Catalogs.Of("xo", "2"), Address);

        Assert.Equal("2", _cache.Read("xo", Address).Catalog!.Hash);
        Assert.Equal(CacheFile, Assert.Single(Directory.GetFiles(_folder)));
    }

    [Fact]
    public void Only_the_user_can_read_file_and_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        _cache.Write(Catalogs.Of("xo", "1"), Address);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CacheFile));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        }
    }

    [Fact]
    public void Any_damaged_byte_is_noticed()
    {
        _cache.Write(Catalogs.Of("xo", "abc") with { Operations = [Catalogs.Full] }, Address);
        var whole = File.ReadAllBytes(CacheFile);

        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 1;
            File.WriteAllBytes(CacheFile, damaged);

            Assert.Null(_cache.Read("xo", Address).Catalog);
        }
    }

    [Fact]
    public void Every_shortened_file_is_ignored()
    {
        _cache.Write(Catalogs.Of("xo", "abc"), Address);
        var whole = File.ReadAllBytes(CacheFile);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(CacheFile, whole[..length]);

            Assert.NotNull(_cache.Read("xo", Address).Ignored);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"schemaTable\":5}")]
    [InlineData("{\"schemaTable\":[],\"listTable\":[],\"parameterTable\":[],\"operations\":[{\"body\":7}]}")]
    [InlineData("{\"schemaTable\":[],\"listTable\":[],\"parameterTable\":[],\"operations\":[{\"parameters\":[7]}]}")]
    [InlineData("{\"schemaTable\":[],\"listTable\":[],\"parameterTable\":[],\"operations\":[{\"access\":9}]}")]
    [InlineData("{\"schemaTable\":[],\"listTable\":[],\"parameterTable\":[],\"operations\":[{\"switches\":-1}]}")]
    [InlineData("{\"schemaTable\":[],\"listTable\":[],\"parameterTable\":[],\"operations\":[],\"readAt\":\"yesterday\"}")]
    public void Content_of_another_form_is_ignored_even_with_a_right_checksum(string json)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(CacheFile, CatalogFile.WithHeading(Encoding.UTF8.GetBytes(json)));

        Assert.Contains("cannot be used", _cache.Read("xo", Address).Ignored, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_above_the_limit_is_not_even_read()
    {
        Directory.CreateDirectory(_folder);
        using (var file = File.Create(CacheFile))
        {
            file.SetLength(CatalogCache.LargestFile + 1L);
        }

        Assert.Contains("larger than", _cache.Read("xo", Address).Ignored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../xo")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void A_name_that_is_no_file_name_is_not_remembered(string backend)
    {
        Assert.NotNull(_cache.Write(Catalogs.Of(backend, "1"), Address));
        Assert.NotNull(_cache.Read(backend, Address).Ignored);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_and_not_thrown()
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var cache = new CatalogCache(Path.Combine(file, "below"));

        Assert.Contains("cannot be remembered", cache.Write(Catalogs.Of("xo", "1"), Address), StringComparison.Ordinal);
        Assert.NotNull(cache.Read("xo", Address).Ignored);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_told_and_not_thrown()
    {
        Directory.CreateDirectory(CacheFile);

        Assert.NotNull(_cache.Write(Catalogs.Of("xo", "1"), Address));
        Assert.NotNull(_cache.Read("xo", Address).Ignored);
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
