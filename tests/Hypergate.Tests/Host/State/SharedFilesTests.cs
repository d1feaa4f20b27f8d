using System.Security.Cryptography;
using Hypergate.Backends.Files;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.State.Postgres;
using Hypergate.Model;
using Hypergate.Tests.Shared;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Tests.Host.State;

/// <summary>A file that one replica has taken is to be had at the other, by the same caller and nobody else.</summary>
public sealed class SharedFilesTests(PostgresServer server) : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-shared-");
    private readonly ManualTime _time = new();
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _address = await server.NewDatabaseAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(Megabyte)]
    [InlineData((3 * Megabyte) + 5)]
    public async Task Another_replica_gives_the_same_bytes_under_the_same_name(int size)
    {
        await using var one = Open();
        await using var two = Open();
        var bytes = RandomNumberGenerator.GetBytes(size);
        var taken = await TakeAsync(Shelf(one, "one"), bytes);

        var (found, isElsewhere) = await Shelf(two, "two").FindAsync(taken.Handle, "key:anna", Token);

        Assert.False(isElsewhere);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(found!.Path, Token));
        Assert.Equal((taken.Label.Name, taken.Label.Type, taken.Sha256, taken.Size), (found.Label.Name, found.Label.Type, found.Sha256, found.Size));
        Assert.NotEqual(taken.Path, found.Path);
    }

    [Fact]
    public async Task Nobody_else_gets_it_and_nobody_does_when_its_time_is_over()
    {
        await using var one = Open();
        await using var two = Open();
        var handle = (await TakeAsync(Shelf(one, "one"), [1, 2, 3])).Handle;
        var shelf = Shelf(two, "two");

        Assert.Equal(new(null, false), await shelf.FindAsync(handle, "key:bob", Token));
        Assert.Equal(new(null, false), await shelf.FindAsync($"{handle}0", "key:anna", Token));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(new(null, false), await shelf.FindAsync(handle, "key:anna", Token));
        await TakeAsync(shelf, [4]);
        Assert.Equal("1 1", await PostgresServer.RunAsync(_address, "select (select count(*) from hypergate.files) || ' ' || (select count(*) from hypergate.file_parts)"));
    }

    [Fact]
    public async Task Of_many_who_want_it_at_once_each_gets_all_of_it()
    {
        await using var one = Open();
        await using var two = Open();
        var bytes = RandomNumberGenerator.GetBytes(2 * Megabyte);
        var handle = (await TakeAsync(Shelf(one, "one"), bytes)).Handle;
        var shelf = Shelf(two, "two");

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => shelf.FindAsync(handle, "key:anna", Token), Token)));

        Assert.All(found, sought => Assert.Equal(bytes, File.ReadAllBytes(sought.File!.Path)));
    }

    [Fact]
    public async Task A_file_too_large_to_be_shared_is_said_to_lie_elsewhere()
    {
        await using var one = Open();
        await using var two = Open();
        var handle = (await TakeAsync(Shelf(one, "one", largest: 1000), new byte[1001])).Handle;
        var shelf = Shelf(two, "two", largest: 1000);

        Assert.Equal(new(null, true), await shelf.FindAsync(handle, "key:anna", Token));
        Assert.Equal((503, "1"), await GetAsync(shelf, handle, "key:anna"));
        Assert.Equal((404, null), await GetAsync(shelf, handle, "key:bob"));
        Assert.Equal("0", await PostgresServer.RunAsync(_address, "select count(*) from hypergate.file_parts"));
    }

    [Fact]
    public async Task All_together_take_sixteen_times_the_largest_and_no_more()
    {
        await using var one = Open();
        await using var two = Open();
        var (mine, other) = (Shelf(one, "one", largest: 1000), Shelf(two, "two", largest: 1000));
        var handles = new List<string>();
        for (var number = 0; number < 17; number++)
        {
            handles.Add((await TakeAsync(mine, new byte[1000])).Handle);
        }

        Assert.NotNull((await other.FindAsync(handles[15], "key:anna", Token)).File);
        Assert.Equal(new(null, true), await other.FindAsync(handles[16], "key:anna", Token));
        Assert.NotNull((await mine.FindAsync(handles[16], "key:anna", Token)).File);
    }

    [Fact]
    public async Task The_database_holds_nothing_that_can_be_read_or_exchanged()
    {
        await using var one = Open();
        await using var two = Open();
        var mine = Shelf(one, "one");
        var (first, second) = (await TakeAsync(mine, "a secret of a guest"u8.ToArray()), await TakeAsync(mine, "a secret of another"u8.ToArray()));
        Assert.Equal("0", await PostgresServer.RunAsync(_address, "select count(*) from hypergate.file_parts where position('secret'::bytea in bytes) > 0"));

        await PostgresServer.RunAsync(_address, $"update hypergate.file_parts set bytes = (select bytes from hypergate.file_parts where handle = '{first.Handle}') where handle = '{second.Handle}'");
        var shelf = Shelf(two, "two");

        await Assert.ThrowsAsync<IOException>(() => shelf.FindAsync(second.Handle, "key:anna", Token));
        Assert.NotNull((await shelf.FindAsync(first.Handle, "key:anna", Token)).File);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "two")));
    }

    [Fact]
    public async Task While_the_database_is_away_a_file_is_taken_and_given_where_it_was_taken()
    {
        await using var away = PostgresWorld.Open("postgres://nobody@127.0.0.1:1/none");
        var shelf = Shelf(away, "one");

        var handle = (await TakeAsync(shelf, [1, 2, 3])).Handle;

        Assert.NotNull((await shelf.FindAsync(handle, "key:anna", Token)).File);
        await Assert.ThrowsAsync<IOException>(() => shelf.FindAsync("file:0123", "key:anna", Token));
    }

    private PostgresDatabase Open() => PostgresWorld.Open(_address);

    private FileShelf Shelf(PostgresDatabase database, string name, long largest = 64 * Megabyte) =>
        new(Path.Combine(_folder.FullName, name), _time) { Depot = new PostgresFileDepot(database, SHA256.HashData("the replicas' key"u8), largest, _time) };

    private static async Task<StoredFile> TakeAsync(FileShelf shelf, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return await shelf.TakeAsync(content, new FileLabel("b.zip", "application/zip", "key:anna", TimeSpan.FromHours(1)), Token);
    }

    private static async Task<(int Status, string? RetryAfter)> GetAsync(FileShelf shelf, string handle, string caller)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = ("GET", $"{StoredFile.Root}/{handle[FileShelf.Prefix.Length..]}");
        http.Response.Body = body;
        await new FilesEndpoint(() => shelf).HandleAsync(http, new Caller(caller, ["admin"]));
        return (http.Response.StatusCode, http.Response.Headers.RetryAfter.FirstOrDefault());
    }
}
