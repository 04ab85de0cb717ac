import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, PORT_MESSAGE, type DesktopBridge } from '../contract/desktop-bridge.ts';

// The whole of what a page of the desktop app gets beside the web: one port and five verbs. No `ipcRenderer`, no
// event object and no channel name crosses; the main process checks the sender of each verb again.

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.invoke('requestPort') as Promise<void>,
  chooseGeoipFile: () => ipcRenderer.invoke('chooseGeoipFile') as Promise<string | null>,
  chooseHistoryFile: () => ipcRenderer.invoke('chooseHistoryFile') as Promise<string | null>,
  chooseListFile: () => ipcRenderer.invoke('chooseListFile') as Promise<string | null>,
  chooseFilePath: (suggestedName) =>
    ipcRenderer.invoke('chooseFilePath', suggestedName) as Promise<string | null>,
  showFile: (path) => ipcRenderer.invoke('showFile', path) as Promise<void>,
};
contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);

// A port can't cross the bridge; it is posted to the page's own origin and to no other.
ipcRenderer.on('engine-port', (event) => {
  window.postMessage(PORT_MESSAGE, window.location.origin, event.ports);
});
