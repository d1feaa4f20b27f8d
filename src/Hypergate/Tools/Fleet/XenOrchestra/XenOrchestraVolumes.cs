using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Tools.Fleet.Changes;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>Deletes disk images and ISO images.</summary>
internal static class XenOrchestraVolumes
{
    public static Task<FleetAnswer> DeleteAsync(FleetRequest request, FleetBackend backend, RowSet.Row volume, CancellationToken cancellationToken)
    {
        var (id, size) = (volume.Text("volid")!, volume.Int("size"));
        var words = request.Room.Words;
        return ChangeRunner.RunAsync(
            request,
            new PlannedChange(backend, "DELETE", "/vdis/{id}", XenOrchestraValues.Of(id))
            {
                Subject = new CallSubject($"{volume.Text("content")} '{words(volume.Text("name") ?? "")}' (storage {words(volume.Text("storage") ?? "")}, id {id})", words(volume.Text("name") ?? id), ["It is deleted for good."]),
                After = end => Task.FromResult<IReadOnlyList<(string, Cell)>>([("volid", Cell.Of(id)), ("freed_bytes", end.IsDone ? Cell.Of(size) : Cell.Null)]),
            },
            cancellationToken);
    }
}
