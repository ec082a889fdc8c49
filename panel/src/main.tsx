/** The page of the chat panel: begins with the extension's welcome, then draws. */
import { render } from 'preact';
import { readyRequest } from '#shared/panelHost.ts';
import { App } from './App.tsx';
import { createHost, type Frame } from './host.ts';
import './panel.css';
import { speak } from './words.ts';

declare function acquireVsCodeApi(): Frame;

const host = createHost(acquireVsCodeApi(), window);
const welcome = await host.ask(readyRequest, {});
speak(welcome.words);
const root = document.getElementById('root');
if (root !== null) render(<App host={host} />, root);
