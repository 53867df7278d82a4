// The few words that scripts say, in the language of the page.
const english = document.documentElement.lang === "en";
const WORDS = {
  saved: ["已存草稿", "Draft saved"],
  kept: ["网络断了，草稿存在本机", "No network, draft kept on this device"],
  copied: ["已复制", "Copied"],
  sending: ["正在提交", "Sending"],
  shrinking: ["正在压缩", "Shrinking"],
  ready: ["可以提交", "ready"],
  restored: ["已恢复没交的草稿", "Restored what was not handed in"],
  lost: ["网络断了，这里还是原来的内容。", "The network is gone; this is still what was here before."],
  offline: ["网络断了，您填写的内容还在。", "The network is gone; what you typed is still here."],
  again: ["重试", "Try again"],
  here: ["正在处理", "is working on this"],
  suggestions: ["条建议，用上下键选择", "suggestions, use the arrow keys"],
  most: ["最多 6 张照片", "At most 6 pictures"],
};

export const isEnglish = english;
export const say = (name) => WORDS[name][english ? 1 : 0];

export function announce(text) {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}
